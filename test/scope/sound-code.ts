// Code that each language takes, and that comes near to what it does not: by language id.

export const soundCode: Readonly<Record<string, string>> = {
  python: `\uFEFFimport a  # first
# comment
  # a comment anywhere
if a: b; c
else: d
try: x
except (A, B): y
else: z
finally: w
class A:

  # in two columns
  x = 1; y = 2
      # deeper
  def f(self, a, b=1, *args, c, d=2, e, **kw): return f(a, b=1, *args, **kw)
  def g(self, a, /, b=1, *, c): ...
  @p
  @q(
1)
  async def h(self) -> None:
\tx = """
 not code
"""
\ty = (1,
2)
class B: pass
match x:
    # comment
    case [1, *_] if y:
        pass
    # comment
    case _: pass
for x in y: pass
else:
  pass
while 1:
  if 2:
      x \\
  = 3
  elif 3: pass
  # comment
  else:
        pass
\f
def k(): return lambda a, b=1: a
@a
  # comment
@b(1)
# comment
def l(*a: int, b=1, **c,  # last
): pass
def m(*, a, **b: int): pass
with (open(a) as b,
      open(c) as d):
    pass
`,
  typescriptreact: `const a = <a.b.c x="1"><T<string>></T></a.b.c>;
const b = <><p/>{c.map((x) => <li key={x}>{x}</li>)}</>;
const d = <my-tag a:b="c"><svg:path></svg:path></my-tag>;
function f() { try { a(); } catch { b(); } try { a(); } finally { b(); } }
`,
  typescript:
    'async function f() { try { a(); } catch (e) { b(); } finally { c(); } }\nconst g = a ? b : (c = d), h = (i ||= 1) && (() => {})[j] && (() => {})() || (k = 2);\ndeclare module "x" { export const a: 1; }\nclass A { @b({}) c = 1 }\n',
  javascript: `label: try { a() } catch {}
const x = <a><b></b></a>;
const [, y, , z] = [, 1, , 2,];
f(...y, { /* a */ b, /* c */ },);
`,
  go: `package a

var x = T{
\ta: 1, // one
\tb: 2 /* two */, // and
\t// three
}

var y = []T{{1}, {
\t2,
}}

func f(
\ta int,
\tb ...int, // rest
) (int, error) {
\tg(a, func() {
\t})
\tg(
\t\ta,
\t\tb...,
\t)
\tx := []int{1,
\t\t2}
\treturn h(a,
\t\tb)
}
`,
  rust: `//! about
#![allow(dead_code)]
/// a
#[a] // b
/* c */
/** d */
impl A { #[a] fn f(self: A, b: u8) {} /* e */ // f
}
enum B { /** g */ #[a] C, D }
use a::b;
fn g(&self, a: u8) -> bool { a![1]; b! { } c!(); A { a, ..b }; if (a < b) == (c < d) { } let Some(e) = (A { a }) else { return }; let Some(f) = g() else { return }; async { a }; async { b }.c(); spawn(async move { d }); async { e } /* f */ }
fn h() { a!().b(); a!() /* e */ // f
}
macro_rules! m { () => {}; }
m!();
m! {}
thread_local! { static A: u8 = 1; }
const fn f() { let x = 1; if x > 0 { g() } match x { 1 => {} _ => h(), } }
`,
};
