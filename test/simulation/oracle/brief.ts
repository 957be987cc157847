// Messages as a person reads them in a trace: ranges as 2:4-2:9, documents by their names, no progress.

interface Range {
  readonly start: { readonly line: number; readonly character: number };
  readonly end: { readonly line: number; readonly character: number };
}

export function brief(value: unknown): string {
  const text = JSON.stringify(value, (key, part: unknown) => {
    if (key === 'uri' && typeof part === 'string') return part.slice(part.lastIndexOf('/') + 1);
    return isRange(part) ? `${place(part.start)}-${place(part.end)}` : part;
  });
  return text ?? '';
}

/** What only says in other words, or only to who shows it, what other messages say. */
export function isNoise(method: string, params: unknown): boolean {
  const { kind } = (params ?? {}) as { kind?: string };
  return /progress|^initialize|window\/showMessage/i.test(method) || kind === 'report';
}

function isRange(value: unknown): value is Range {
  return typeof value === 'object' && value !== null && 'start' in value && 'end' in value;
}

function place({ line, character }: Range['start']): string {
  return `${line}:${character}`;
}
