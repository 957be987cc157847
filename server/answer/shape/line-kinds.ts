// What single lines are besides code, without a tree: comments, decorators, brackets, beginnings and ends of literals.

import { OpenLiteral } from '../../text/open-literal.ts';

/** Blanks that a tab counts as. Columns are only compared with each other, inside one text or with what equal lines say of another. */
const tabWidth = 4;

/** How far a line is indented, in columns. */
export function columnOf(line: string): number {
  let column = 0;
  for (let at = 0; at < line.length; at++) {
    const unit = line.charCodeAt(at);
    if (unit === 32) column++;
    else if (unit === 9) column += tabWidth;
    else break;
  }
  return column;
}

/** Blank, a comment, a decorator or an attribute: it belongs to what stands below. `key`: the line, trimmed. */
export function isDecoration(key: string): boolean {
  return key === '' || decoration.test(key);
}

const decoration =
  /^(?:\/\/|\/\*|\*(?:[\s/]|$)|#(?!\w|!\[)|#!?\[|#(?:if|ifdef|ifndef|endif|else|elif|define|undef|pragma|region|endregion)\b|--(?:[\s[-]|$)|;;|%\s|<!--|"""|'''|@(?!interface|implementation|protocol)[\w.]+(?:$|[\s(])(?!.*[{;]$)|\[[A-Z][^=]*\]$|(?:public|private|protected)(?:\s+slots)?:$|['"]use \w+['"];?$)/;

/** Nothing but what closes blocks, and what may stand behind it. */
export function isLoneCloser(key: string): boolean {
  return /^(?:[)\]}][)\]};,]*|end|fi|done|esac|<\/[\w.-]+>)[;,.]?$/.test(key);
}

/** Whether something is closed that stands further out than the first line, by so many columns at least: it was opened in front of that. */
export function partsBlocks(lines: readonly string[], columns: number): boolean {
  const limit = columnOf(lines.find((line) => line.trim() !== '') ?? '') - columns;
  return limit >= 0 && lines.some((line) => columnOf(line) <= limit && isLoneCloser(line.trim()));
}

/** Goes on with the block of a line above that stands at the same column. */
export function continuesBlock(key: string): boolean {
  return /^(?:[)\]}{]|end\b(?!\s*[(.=:])|begin$|do$|then$|where\b(?!\s*[(.=:])|>(?=$|[\s(){,;=:])|<\/)/.test(key);
}

/** Whether a line says enough to be told from others by. */
export function isWeighty(key: string): boolean {
  return /[\p{L}\p{N}_]/u.test(key) && !isDecoration(key) && !isLoneCloser(key);
}

/** The line behind the block of `header`: by indentation, and by what closes it. */
export function blockEnd(lines: readonly string[], header: number, column: number): number {
  let end = header + 1;
  for (let line = header + 1; line < lines.length; line++) {
    const key = lines[line]!.trim();
    if (key === '') continue;
    if (columnOf(lines[line]!) < column) break;
    if (columnOf(lines[line]!) === column && !continuesBlock(key)) break;
    end = line + 1;
  }
  return end;
}

/** How many brackets are left open. Those in comments, in docstrings and in strings on one line are none; what else holds some is compared with what held them before. */
export function bracketDepth(lines: readonly string[]): number {
  let depth = 0;
  let closesComment: string | undefined;
  for (const line of lines) {
    if (closesComment !== undefined) {
      if (line.includes(closesComment)) closesComment = undefined;
      continue;
    }
    closesComment = opensComment(line.trim());
    if (closesComment !== undefined || isLineOfComment(line.trim())) continue;
    const code = line.replace(literalOrComment, '');
    for (const char of code) {
      if ('([{'.includes(char)) depth++;
      else if (')]}'.includes(char)) depth--;
    }
  }
  return depth;
}

function isLineOfComment(key: string): boolean {
  return /^(?:\/\/|\/\*.*\*\/$|#\s|--[\s-])/.test(key);
}

/** Lifetimes of Rust begin like a literal and do not end like one. */
const literalOrComment =
  /[<&]'\w+|(?<=[,+:|] ?)'\w+(?=\s*(?:[>{)]|,\s*(?:'\w+\b(?!')|[A-Z]|$)|$))|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`|\/\/.*|(?<!\S)#\s.*/g;

/** Whether a line can't be the last one of a statement. */
export function goesOnBelow(key: string): boolean {
  return /(?:[:{([,=+*/&|?]|=>|->|\b(?:then|do|and|or|not))$/.test(key.replace(/\s(?:\/\/|#\s|\/\*).*$/, ''));
}

/** Lines without the blank ones at both ends. */
export function withoutOuterBlanks(lines: readonly string[]): string[] {
  let from = 0;
  let to = lines.length;
  while (from < to && lines[from]!.trim() === '') from++;
  while (to > from && lines[to - 1]!.trim() === '') to--;
  return lines.slice(from, to);
}

/** Follows code line by line: whether a line is one of code, and not of a literal or a comment that a line above has begun. */
export class CodeLines {
  readonly #literal = new OpenLiteral();
  #closesComment: string | undefined;

  /** Push every line of the text; true for a line that begins as code. */
  push(line: string): boolean {
    if (this.#closesComment !== undefined) {
      if (occurrences(line, this.#closesComment) % 2 === 1) this.#closesComment = undefined;
      return false;
    }
    const isInLiteral = this.#literal.isOpen;
    const key = line.trim();
    this.#closesComment = isInLiteral ? undefined : opensComment(key);
    if (this.#closesComment !== undefined) return false;
    this.#literal.push(line);
    return !isInLiteral && !isDecoration(key);
  }
}

/** What ends the comment, or the docstring, that a line begins and does not end. */
function opensComment(key: string): string | undefined {
  if (key.startsWith('/*')) return key.includes('*/', 2) ? undefined : '*/';
  if (key.startsWith('<!--')) return key.includes('-->') ? undefined : '-->';
  const quotes = /^[rubf]*("""|''')/i.exec(key)?.[1];
  return quotes !== undefined && occurrences(key, quotes) % 2 === 1 ? quotes : undefined;
}

function occurrences(text: string, part: string): number {
  return text.split(part).length - 1;
}
