// The format of a case's file: a head of `name: value` lines, then sections that begin with `=== name` (README.md).

import { type AnswerCase, languageIdOf, readPlace } from './answer-case.ts';

interface Section {
  readonly title: string;
  readonly options: readonly string[];
  readonly text: string;
}

const heading = /^=== (base|before|answer|after|events|wanted|refused)\b[,:]? ?(.*)$/;
const heads = ['file', 'language', 'scope', 'instruction', 'line ends', 'escapes', 'rewrite only', 'repeat', 'why'];
const usualInstruction = 'change it';

/** Reads the text of a case's file. Throws with what is wrong in it. */
export function readCase(id: string, text: string): AnswerCase {
  const { head, sections } = divide(text);
  const decode = head.has('escapes') ? unescaped : (same: string) => same;
  const lineEnds = head.get('line ends') === 'crlf' ? '\r\n' : '\n';
  const textOf = ({ text, options }: Section) => {
    const whole = options.includes('no final line break') ? text.replace(/\n$/, '') : text;
    return decode(whole.replaceAll('\n', lineEnds));
  };
  const all = (title: string) => sections.filter((section) => section.title === title);
  const [base] = all('base');
  const file = head.get('file');
  if (!base || file === undefined) throw new Error('a case needs "file: …" and "=== base"');
  const [refused] = all('refused');
  const wanted = all('wanted').map(textOf);
  if (wanted.length === 0 && !refused) throw new Error('a case needs "=== wanted" or "=== refused"');
  const scope = head.get('scope');
  return {
    id,
    file,
    languageId: head.get('language') ?? languageIdOf(file),
    ...readPlace(textOf(base)),
    ...(scope !== undefined && { scope }),
    instruction: head.get('instruction') ?? usualInstruction,
    answer: readAnswer(sections, decode, Number(head.get('repeat') ?? 1)),
    wanted,
    ...(refused && { refused: refused.options.join(', ').split(' | ').filter(Boolean) }),
    rewriteOnly: head.has('rewrite only'),
  };
}

/** The line breaks at the seams belong to the sections above them, but for `same line`; the answer's last line has none. */
function readAnswer(
  sections: readonly Section[],
  decode: (text: string) => string,
  repeat: number,
): AnswerCase['answer'] {
  const events = sections.find(({ title }) => title === 'events');
  if (events) return { events: events.text.split('\n').filter(Boolean) };
  const part = (name: string) => sections.find(({ title }) => title === name);
  const [before, answer, after] = ['before', 'answer', 'after'].map(part);
  if (!answer) throw new Error('a case needs "=== answer" or "=== events"');
  const joined = (section: Section) =>
    section.options.includes('same line') ? section.text.replace(/\n$/, '') : section.text;
  const code = decode(joined(answer)).repeat(repeat).replace(/\n$/, '');
  const onSameLine = after?.options.includes('same line') ?? false;
  const behind = after ? decode(after.text).replace(/\n$/, '') : '';
  return {
    before: before ? decode(joined(before)) : '',
    code,
    after: after && !onSameLine ? `\n${behind}` : behind,
  };
}

function divide(text: string): { head: Map<string, string>; sections: Section[] } {
  const head = new Map<string, string>();
  const sections: { title: string; options: string[]; lines: string[] }[] = [];
  for (const line of text.replace(/\n$/, '').split('\n')) {
    const section = sections.at(-1);
    const [, title, options = ''] = heading.exec(line) ?? [];
    if (title !== undefined) sections.push({ title, options: options.split(', ').filter(Boolean), lines: [] });
    else if (section) section.lines.push(line);
    else readHead(line, head);
  }
  return {
    head,
    sections: sections.map(({ lines, ...rest }) => ({ ...rest, text: lines.map((line) => `${line}\n`).join('') })),
  };
}

function readHead(line: string, head: Map<string, string>): void {
  if (line.trim() === '') return;
  const [, name = line.trim(), value = ''] = /^([a-z ]+): ?(.*)$/.exec(line) ?? [];
  if (!heads.includes(name)) throw new Error(`what is "${line}"? A head has ${heads.join(', ')}`);
  head.set(name, value);
}

/** `\u{200C}` is that character: so a case can hold what nobody sees. */
function unescaped(text: string): string {
  return text.replace(/\\u\{([0-9A-Fa-f]+)\}/g, (_all, code: string) =>
    String.fromCodePoint(Number.parseInt(code, 16)),
  );
}
