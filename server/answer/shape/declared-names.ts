// What a single line declares, told by the declaring words of all languages. A guess without a tree: a signature of several lines counts by its first one.

/** `container`: what has members: classes, modules, objects, groups of tests. `value`: a constant or variable that is neither that nor a function. */
export type DeclarationKind = 'function' | 'container' | 'value' | 'test';

export interface Declaration {
  /** As the code names it: `total`, `Cart.Total` of a method with a receiver, `impl Display for Cart` of an implementation, `get size`, the title of a test. */
  readonly name: string;
  readonly kind: DeclarationKind;
}

/** UTF-16 units of a line that is looked at: the time of the patterns grows with the square of its length. */
const maxLine = 500;

/** What `line` declares; indentation is no matter. Undefined for calls, control flow, comments and all else. */
export function declarationIn(line: string): Declaration | undefined {
  if (line.length > maxLine) return undefined;
  const text = line.includes('/*') ? line.replace(/\/\*.*?\*\/\s*/g, '').trim() : line.trim();
  if (!begins.test(text)) return undefined;
  const test = testIn(text);
  if (test) return test;
  const code = withoutModifiers(text);
  return byWord(code) ?? computed(code) ?? assigned(code, text) ?? defaultExport(text) ?? method(code, text);
}

/** Nearly every line of a body ends here. */
const begins = /^[(@\w$#~*[\p{L}](?!\/)/u;

const word = String.raw`[\p{L}\p{N}_$]`;
const path = String.raw`${word}+(?:(?:\.|::|:(?!:))${word}+)*[?!]?`;

const modifier =
  /^(?:export|default|async|public|private|protected|internal|static|abstract|final|override|virtual|sealed|readonly|declare|unsafe|inline|constexpr|open|inner|data|suspend|tailrec|operator|infix|external|actual|expect|companion|mutating|nonmutating|fileprivate|local|my|our|partial|synchronized|native|strictfp|global|lateinit|case|value|fun(?=\s+interface)|enum(?=\s+class)|pub(?:\([^)]*\))?|extern(?:\s+"[^"]*")?|@\w+)\s+(?=\S)/;

function withoutModifiers(text: string): string {
  let rest = text;
  for (let found = modifier.exec(rest); found; found = modifier.exec(rest)) rest = rest.slice(found[0].length);
  return rest;
}

const functionWord = new RegExp(
  String.raw`^\(?(?:function\b\s*\*?|const\s+(?:unsafe\s+)?fn\b|(?:fn|func|fun|defp?|defmacrop?|defn-?|defun|defmethod|sub|proc|procedure|subroutine|macro|method)\s)\s*(?:<[^>]*>\s*)?(?<receiver>\([^)]*\)\s*)?(?<name>(?:${word}+<[^>]*>\.)?${path}|[-+*/%=<>!~^|&[\]]+(?=\s*\())`,
  'u',
);
const containerWord = new RegExp(
  String.raw`^(?<word>class|struct|interface|trait|enum|union|module|namespace|mod|object|record|protocol|extension|actor|mixin|contract|service|message|defmodule|@interface|type)\s+(?:class\s+|struct\s+)?(?<name>${path})(?<rest>.*)`,
  'u',
);
const implementation = /^impl\b\s*(?:<.*?>\s*(?=[\w:]))?(?<name>[^{]+?)\s*(?:\bwhere\b.*|\{.*)?$/;
const sql =
  /^create\s+(?:or\s+replace\s+)?(?:temp(?:orary)?\s+)?(?<what>table|view|function|procedure|trigger|index)\s+(?:if\s+not\s+exists\s+)?(?<name>[\w."`]+)/i;
const rustMacro = /^macro_rules!\s*(?<name>\w+)/;

function byWord(code: string): Declaration | undefined {
  const matched = functionWord.exec(code);
  const found = matched?.groups;
  // A field may be called so, and have a type behind it.
  if (found && !(/^(?:fn|func|fun)\s/.test(code) && !/^\s*[([<]/.test(code.slice(matched[0].length)))) {
    const type = /(\w+)(?:\[[^\]]*\])?\s*\)\s*$/.exec(found.receiver ?? '')?.[1];
    return { name: type ? `${type}.${found.name}` : found.name!, kind: 'function' };
  }
  const container = containerWord.exec(code)?.groups;
  // `type = 3`, `object.method()` and `record foo` in a sentence declare nothing.
  if (
    container &&
    !/^(?:interface|struct)$/.test(container.name!) &&
    /^\s*(?:$|[{(<:=;,\\[]|\w)/.test(container.rest!) &&
    !/^type\s+=/.test(code)
  )
    return {
      name: isReopened(container.word!) ? `${container.word} ${container.name}` : container.name!,
      kind: 'container',
    };
  const impl = implementation.exec(code)?.groups;
  if (impl && !/[=;(]/.test(impl.name!))
    return { name: `impl ${impl.name!.replace(/<[^>]*>/g, '')}`, kind: 'container' };
  const created = sql.exec(code)?.groups;
  if (created)
    return { name: created.name!, kind: /^(?:table|view|index)$/i.test(created.what!) ? 'value' : 'function' };
  const macro = rustMacro.exec(code)?.groups;
  return macro && { name: macro.name!, kind: 'function' };
}

/** What may stand in a file several times for one name, and beside a type of that name. */
export function isReopened(name: string): boolean {
  return /^(?:impl|extension|namespace|module)\b/.test(name);
}

const assignment = new RegExp(
  String.raw`^(?<keyword>(?:const|let|var|val|auto|static)\s+(?:mut\s+)?)?(?<name>${path})(?<type>\s*(?::(?!:)\s*[^=]*?(?:=>[^=]*?)?)?)\s*(?:=(?![=>~])|:=|<-)\s*(?<value>.*)$`,
  'u',
);
const labelled = new RegExp(String.raw`^(?<name>${path}|(['"]).*?\2):\s*(?<value>.*[^;])$`, 'u');
const functionValue =
  /^(?:async\s+)?(?:function\b|lambda\b|func\s*\(|fn\s*\(|fun\s*\(|proc\b|->|move\s*\||\|[^|]*\|\s*(?:->|\{)|\\\w)|^(?:async\s*)?<$|^(?:async\s*)?(?:<.*>\s*)?\((?:$|[^)]*[,({[]$|.*=>)|^(?:async\s+)?[\w$]+\s*=>/;

/** A property of Swift that has a body. */
function computed(code: string): Declaration | undefined {
  const name = /^var\s+(\w+)\s*:\s*[\w.<>[\]:?!, ]{1,80}\{$/.exec(code)?.[1];
  return name === undefined ? undefined : { name, kind: 'function' };
}

function assigned(code: string, text: string): Declaration | undefined {
  const found = assignment.exec(code)?.groups;
  if (found) {
    const kind = kindOf(found.value!);
    const isLone = found.keyword === undefined;
    // `x = 3` changes what is there as often as not, `x = { … }` too.
    if (isLone && kind !== 'function' && !/^(?:module\.)?exports\b/.test(found.name!)) return undefined;
    return { name: found.name!, kind };
  }
  const uninitialised = new RegExp(String.raw`^(?:var|val|let|const)\s+(?<name>${word}+)\b(?!\s*[=,(])`, 'u').exec(
    code,
  );
  if (uninitialised) return { name: uninitialised.groups!.name!, kind: 'value' };
  const label = labelled.exec(text)?.groups;
  if (!label || /^(?:case|default|else)\b/.test(text) || kindOf(label.value!) !== 'function') return undefined;
  return { name: label.name!, kind: 'function' };
}

function kindOf(value: string): DeclarationKind {
  if (functionValue.test(value)) return 'function';
  return /^(?:\{|(?:new\s+)?class\b|struct\b|Object\.freeze\(\{)/.test(value) ? 'container' : 'value';
}

function defaultExport(text: string): Declaration | undefined {
  if (!/^export\s+default\s/.test(text)) return undefined;
  return { name: 'default', kind: /^export\s+default\s+(?:class|\{)/.test(text) ? 'container' : 'function' };
}

const title =
  /^(?<word>it|test|describe|context|suite|specify|scenario|feature|bench|Deno\.test)(?:\.\w+(?:\([^'"`]*\))?)*(?:\(\s*|\s+)(?<quote>['"`])(?<title>.*?)\k<quote>/;

function testIn(text: string): Declaration | undefined {
  const found = title.exec(text)?.groups;
  if (!found) return undefined;
  return { name: found.title!, kind: /^(?:describe|context|suite|feature)$/.test(found.word!) ? 'container' : 'test' };
}

const control =
  /^(?:if|for|foreach|while|unless|switch|case|catch|with|lock|synchronized|else|elif|elsif|elseif|try|finally|return|await|yield|throw|new|delete|typeof|defer|super|function|guard|fixed|checked|unsafe|import|let|const|var)$/;

/** Words of some languages that are names in others: they are names where a bracket follows at once. */
const contextual = /^(?:match|when|until|using|do|go|select|loop|repeat|assert|raise|in|is|not|and|or|print|echo)$/;

const access = /^(?:public|private|protected|internal)\s/;

/** `name(args) {`, with modifiers, a type in front, a type or what it throws behind. */
function method(code: string, text: string): Declaration | undefined {
  const open = code.indexOf('(');
  if (open <= 0) return undefined;
  const head = new RegExp(
    String.raw`^(?<front>.*?)(?<accessor>\b(?:get|set)\s+)?(?<star>\*\s*)?(?<name>[~#]?${path}|operator\W+|\[[^\]]+\])\s*(?:<[^()]*>)?\??$`,
    'u',
  ).exec(code.slice(0, open).trimEnd())?.groups;
  if (!head || control.test(head.name!)) return undefined;
  if (contextual.test(head.name!) && code[open - 1] === ' ') return undefined;
  const front = head.front!.trim();
  if (front !== '' && (!/^[\p{L}\p{N}_$<>[\],.:*&?\s@~]+$/u.test(front) || front.split(/\s+/).some(isControl)))
    return undefined;
  const close = closingOf(code, open);
  const name = `${head.accessor?.trim() ?? ''} ${head.name}`.trim();
  if (close === undefined) {
    const isSignature = name === 'constructor' || /^__\w+__$/.test(name) || text.length > code.length;
    return isSignature && !/[;)]$/.test(code) ? { name, kind: 'function' } : undefined;
  }
  const behind = code.slice(close + 1).trim();
  // The brace stands below: only a word of access tells it from a call.
  if (behind === '' && front !== '' && access.test(text)) return { name, kind: 'function' };
  if (front !== '' && /^=>.*;$/.test(behind)) return { name, kind: 'function' };
  if (
    !/^(?:(?::|->|throws\b|rethrows\b|const\b|noexcept\b|override\b|final\b|async\b|where\b|requires\b|=>)[^;]*)?\{[^{]*$|^\{.*\}$/.test(
      behind,
    )
  )
    return undefined;
  return /^=>/.test(behind) && front === '' && text === code ? undefined : { name, kind: 'function' };
}

function isControl(each: string): boolean {
  return control.test(each) || contextual.test(each);
}

/** Where the bracket at `open` is closed on this line. */
function closingOf(code: string, open: number): number | undefined {
  let depth = 0;
  for (let at = open; at < code.length; at++) {
    if ('([{'.includes(code[at]!)) depth++;
    else if (')]}'.includes(code[at]!) && --depth === 0) return at;
  }
  return undefined;
}
