// The header of a message, as the specification allows it: fields in any order and case, `Content-Type` with either spelling of UTF-8.

export interface MessageHeader {
  /** Where it begins in the block; what is before it is garbage. */
  readonly start: number;
  /** Bytes of the body. */
  readonly length: number;
  /** In small letters; `utf-8` if nothing or `utf8` is said. */
  readonly charset: string;
}

interface Field {
  readonly name: string;
  readonly value: string;
}

/** `block`: all that stands before the empty line, as Latin-1. Undefined if no length is in it. */
export function readHeader(block: string): MessageHeader | undefined {
  const lines = block.split('\r\n');
  const fields = lines.map(fieldOf);
  // The header is what follows the last line that is no field.
  const first = fields.lastIndexOf(undefined) + 1;
  const header = fields.slice(first).filter((field) => field !== undefined);
  const charset = charsetOf(header);
  const start = lines.slice(0, first).join('\r\n').length + (first > 0 ? 2 : 0);
  const length = lengthIn(header);
  if (length !== undefined) return { start, length, charset };
  const broken = brokenLength(lines);
  return broken && { ...broken, charset };
}

function fieldOf(line: string): Field | undefined {
  const [, name, value] = /^([!#$%&'*+.^`|~\w-]+):(.*)$/s.exec(line) ?? [];
  return name === undefined ? undefined : { name: name.toLowerCase(), value: value!.trim() };
}

function lengthIn(fields: readonly Field[]): number | undefined {
  const value = fields.findLast(({ name }) => name === 'content-length')?.value ?? '';
  return /^\d+$/.test(value) ? Number(value) : undefined;
}

/** A header that follows garbage without a line break between them, as a body whose own header was malformed. */
function brokenLength(lines: readonly string[]): Pick<MessageHeader, 'start' | 'length'> | undefined {
  let at = 0;
  let found: Pick<MessageHeader, 'start' | 'length'> | undefined;
  for (const line of lines) {
    const match = /Content-Length:[ \t]*(\d+)[ \t]*$/i.exec(line);
    if (match) found = { start: at + match.index, length: Number(match[1]) };
    at += line.length + 2;
  }
  return found;
}

function charsetOf(fields: readonly Field[]): string {
  const type = fields.findLast(({ name }) => name === 'content-type')?.value ?? '';
  const [, charset = 'utf-8'] = /;\s*charset\s*=\s*"?([^";\s]+)/i.exec(type) ?? [];
  return charset.toLowerCase().replace(/^utf8$/, 'utf-8');
}
