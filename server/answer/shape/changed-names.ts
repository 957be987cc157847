// What must not happen to the names of a scope: one that is gone although nobody asked for it, and one that is there twice.

import { isProseLanguage } from '../../text/language-kinds.ts';
import { LcsText } from '../../text/lcs.ts';
import { mayGo } from './asked-for.ts';
import { isReopened } from './declared-names.ts';
import { type Declared, declaredIn } from './declared-outline.ts';
import { columnOf, continuesBlock } from './line-kinds.ts';
import type { Neighbourhood } from './neighbourhood.ts';
import type { ScopeText } from './scope-text.ts';

export interface NewText {
  /** The scope's whole new text. */
  readonly lines: readonly string[];
  readonly scope: ScopeText;
  readonly around: Neighbourhood;
  readonly instruction: string;
  readonly languageId: string;
}

/** Why this can't be the scope's new text, for people: `the answer no longer has \`clear\``; undefined if nothing speaks against it. */
export function faultInNames({ lines, scope, around, instruction, languageId }: NewText): string | undefined {
  if (isProseLanguage(languageId)) return undefined;
  const declared = declaredIn(lines);
  if (!scope.declares && !scope.isEmpty) {
    const other = copyOfSibling(
      declared.filter(({ kind }) => kind !== 'value'),
      { lines, scope, around, languageId },
    );
    return other && `the answer is \`${other.key}\`, not the scope`;
  }
  const lost = lostNames(scope, declared, lines).find(({ name }) => !mayGo(name, instruction));
  if (lost) return `the answer no longer has \`${lost.name}\``;
  const twice = twiceDeclared(declared, lines, languageId).find(
    (name) => !twiceDeclared(scope.declared, scope.lines, languageId).includes(name),
  );
  if (twice !== undefined) return `the answer declares \`${twice}\` twice`;
  const copied = scope.isEmpty ? undefined : copyOfSibling(declared, { lines, scope, around, languageId });
  return copied && `the answer also holds \`${copied.key}\`, which is outside the scope`;
}

/** Names that the new text lacks, at any level that counts, and that no new name stands for. */
function lostNames(scope: ScopeText, declared: readonly Declared[], lines: readonly string[]): Declared[] {
  const there = new Set(declared.map(({ name }) => name));
  const gone = scope.declared.filter(
    ({ name, kind, column }, i, all) =>
      !there.has(name) &&
      !lines.some((line) => isMember(line, { name, column })) &&
      (kind !== 'value' || isAlone(all)) &&
      all.findIndex((one) => one.name === name) === i,
  );
  if (gone.length === 0) return [];
  const fresh = declared.filter(({ name }) => scope.named(name).length === 0);
  const used = new Set<Declared>();
  return gone.filter((old) => {
    const successor = fresh.find((one) => !used.has(one) && isRenamed(old, one, { scope, lines }));
    if (successor) used.add(successor);
    else if (old.kind === 'value') return isUsed(old.name, lines);
    return !successor;
  });
}

/** Whether a line declares a member or a function of this name, whatever it is now: a property of another type, a getter, one with other words around it. */
function isMember(line: string, { name, column }: Pick<Declared, 'name' | 'column'>): boolean {
  const word = name.replace(/^(?:get|set) |[?!]$/g, '');
  if (!line.includes(word) || columnOf(line) !== column) return false;
  const rest = line.trim().replace(modifiers, '');
  return rest.startsWith(word) && /^[?!]?\s*(?:[:=](?![:=])|<?\(?$|[(<].*[{(<]$)/.test(rest.slice(word.length));
}

const modifiers =
  /^(?:(?:get|set|async|static|public|private|protected|readonly|override|export|pub(?:\([^)]*\))?)\s+)+/;

/** So much of the body of what was renamed is there again. */
const keptShare = 0.5;
/** Or less, where the line that declares it is so much the same but for the name. */
const leastShare = 1 / 3;
const leastLines = 2;
const minLikeness = 0.8;

function isRenamed(
  old: Declared,
  fresh: Declared,
  { scope, lines }: { scope: ScopeText; lines: readonly string[] },
): boolean {
  if (old.path !== '' && fresh.path === '') return false;
  // Of another receiver, or of one at all.
  const isOther = old.kind === 'function' && fresh.kind === 'function' && lastWord(old.name) === lastWord(fresh.name);
  if (isOther && isAlone(scope.outermost) && isAlone(declaredIn(lines))) return true;
  const oldBody = bodyOf(scope.lines, old);
  const newBody = new Set(bodyOf(lines, fresh));
  const kept = oldBody.filter((key) => newBody.has(key)).length;
  const likeness = likenessOf({ one: old, lines: scope.lines }, { one: fresh, lines });
  if (likeness >= minLikeness && kept > 0 && isAlone(scope.outermost) && isAlone(declaredIn(lines))) return true;
  // One line that is the same, such as `return true;`, is chance.
  const isKept = kept >= Math.max(keptShare * oldBody.length, Math.min(leastLines, oldBody.length));
  if (oldBody.length > 0 && isKept && (oldBody.length > 1 || likeness >= keptShare)) return true;
  return (
    kept >= Math.max(leastLines, leastShare * oldBody.length) && old.kind === fresh.kind && likeness >= minLikeness
  );
}

function lastWord(name: string): string {
  return name.split(/[.:]/).at(-1)!;
}

/** Whether one thing is declared, and what is in it. */
function isAlone(declared: readonly Declared[]): boolean {
  return declared.filter(({ path }) => path === '').length === 1;
}

interface DeclaredIn {
  readonly one: Declared;
  readonly lines: readonly string[];
}

function likenessOf(old: DeclaredIn, fresh: DeclaredIn): number {
  return new LcsText(signatureOf(old)).similarity(signatureOf(fresh));
}

/** UTF-16 units: to compare longer ones takes too long. */
const maxSignature = 500;

/** What a declaration says beside its name. A first line that ends with its parenthesis says nothing: most are the same. */
function signatureOf({ one: { key, line, name }, lines }: DeclaredIn): string {
  const whole = key.endsWith('(') ? headFrom(lines, line) : '';
  return (whole === '' || whole.length > maxSignature ? key : whole).replace(name, '');
}

/** The lines inside of a definition, trimmed. */
function bodyOf(lines: readonly string[], { line, column }: Declared): string[] {
  const rest = lines.slice(line + 1);
  const end = rest.findIndex(
    (each) => /^\s*[\p{L}@]/u.test(each) && columnOf(each) <= column && !continuesBlock(each.trim()),
  );
  return rest
    .slice(0, end < 0 ? rest.length : end)
    .map((each) => each.trim())
    .filter((key) => /\w/.test(key));
}

function isUsed(name: string, lines: readonly string[]): boolean {
  const pattern = new RegExp(`(?<![\\w$])${name.replace(/[^\w]/g, '\\$&')}(?![\\w$])`);
  return lines.some((line) => pattern.test(line));
}

/** Languages in which one name stands for one definition. In others a second one with other parameters is no mistake. */
const withoutOverloads = new Set(
  'javascript javascriptreact typescript typescriptreact python go rust php lua ruby c shellscript perl vue svelte'.split(
    ' ',
  ),
);

/** Names that are declared more than once at one level, overloads aside. */
function twiceDeclared(declared: readonly Declared[], lines: readonly string[], languageId: string): string[] {
  const seen = new Map<string, Declared>();
  const twice: string[] = [];
  for (const one of declared) {
    // A variable that is declared twice is the business of the language.
    if (one.kind === 'value') continue;
    const place = `${one.path} ${one.kind} ${one.name} ${one.column}`;
    const other = seen.get(place);
    if (!other) {
      if (hasBody(one, lines) && !isTwin(one, lines)) seen.set(place, one);
    } else if (hasBody(one, lines) && !isTwin(one, lines) && isSameHead(other, one, lines, languageId))
      twice.push(one.name);
  }
  return twice;
}

function isSame(a: Declared, b: Declared, languageId: string): boolean {
  if (isReopened(a.name) || (languageId === 'go' && /^(?:init|_)$/.test(a.name))) return false;
  return a.key === b.key || withoutOverloads.has(languageId);
}

/** The same, of two in one text: their signatures may begin alike, and differ in the next line. */
function isSameHead(a: Declared, b: Declared, lines: readonly string[], languageId: string): boolean {
  if (!isSame(a, b, languageId)) return false;
  return withoutOverloads.has(languageId) || headFrom(lines, a.line) === headFrom(lines, b.line);
}

function headFrom(lines: readonly string[], from: number): string {
  const end = lines.findIndex((line, i) => i >= from && /[{;:]\s*$/.test(line));
  return lines.slice(from, end + 1).join(' ');
}

/** Not a signature alone, such as those in front of an overloaded function. */
function hasBody({ line, column, key }: Declared, lines: readonly string[]): boolean {
  if (/;$/.test(key)) return /[{=]/.test(key);
  if (/[{:]$/.test(key)) return true;
  const end = lines
    .slice(line + 1)
    .find((each) => each.trim() !== '' && columnOf(each) <= column)
    ?.trim();
  return !(end?.startsWith(')') && end.endsWith(';'));
}

/** One of several by intent: chosen by a decorator or by what is compiled. */
function isTwin({ line }: Declared, lines: readonly string[]): boolean {
  for (let above = line - 1; above >= 0; above--) {
    const key = lines[above]!.trim();
    if (
      /^(?:@(?:[\w.]*\.(?:setter|getter|deleter|register)|(?:\w+\.)*(?:overload|dispatch))\b|#\[(?:\w+::)*cfg|#(?:if|elif|else)\b)/.test(
        key,
      )
    )
      return true;
    if (!/^(?:@|#|\/\/|\/?\*)/.test(key)) return false;
  }
  return false;
}

/** A definition that the scope lacks and that stands beside it in the document already. */
function copyOfSibling(
  declared: readonly Declared[],
  { lines, scope, around, languageId }: Omit<NewText, 'instruction'>,
): Declared | undefined {
  const fresh = declared.filter(({ name, path }) => path === '' && !scope.hasOutermost(name) && !isReopened(name));
  const hasMargin = columnOf(lines[0] ?? '') === 0 && scope.headerColumn > 0;
  if (fresh.length === 0 && !hasMargin) return undefined;
  const siblings = around.siblings(scope.headerColumn);
  // The first line may have lost its indentation, and with it the level of the others.
  const quoted = hasMargin
    ? siblings.find(
        ({ key, kind }) => kind === 'function' && !scope.has(key) && lines.some((line) => line.trim() === key),
      )
    : undefined;
  if (quoted) return quoted;
  return fresh.find((one) =>
    siblings.some((other) => other.name === one.name && other.kind === one.kind && isSame(other, one, languageId)),
  );
}
