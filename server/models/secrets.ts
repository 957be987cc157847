// What an endpoint is told that nobody else may read: its key, and what stands in its headers and its extra fields. Takes them out of whatever comes back.

/** Of an endpoint's configuration. */
interface Told {
  readonly headers?: Readonly<Record<string, string>>;
  readonly extraBody?: Readonly<Record<string, unknown>>;
}

/** Where a name says that it is a secret, even a short value is one. */
const secretName = /auth|key|token|secret|cookie|pass|sign|session|credential/i;
const minNamed = 4;
/** Of a header whose name says nothing; shorter ones would be found in innocent words. */
const minInHeader = 8;
/** Of a field of the body: model names and settings are shorter, and errors quote those. */
const minInBody = 20;
/** Deeper than any request body of a service. */
const maxDepth = 16;
/** So much of a secret at the end of a text is taken for one that was cut. */
const minBeginning = 8;

/** Every secret of `told`, in each form that a peer may quote it in, the longest first. `key` is the one in use now. */
export function secretsOf({ headers = {}, extraBody = {} }: Told, key: string | undefined): string[] {
  const inHeaders = Object.entries(headers).flatMap(([name, value]) =>
    wordsOf(value).filter((word) => word.length >= (secretName.test(name) ? minNamed : minInHeader)),
  );
  const inBody = leavesOf(extraBody, maxDepth).flatMap(([name, value]) => {
    const isSecret = secretName.test(name) ? value.length >= minNamed : value.length >= minInBody && !/\s/.test(value);
    return isSecret ? [value] : [];
  });
  const all = [...(key === undefined ? [] : [key]), ...inHeaders, ...inBody];
  return [...new Set(all.flatMap(formsOf))].filter(Boolean).sort((a, b) => b.length - a.length);
}

/** `text` without the secrets. Also without the beginning of one at its end: what a peer says is cut somewhere. */
export function scrub(text: string, secrets: readonly string[]): string {
  let scrubbed = text;
  for (const secret of secrets) scrubbed = scrubbed.replaceAll(secret, '***');
  const cut = secrets.map((secret) => beginningAtEnd(scrubbed, secret)).find((length) => length > 0);
  return cut === undefined ? scrubbed : `${scrubbed.slice(0, -cut)}***`;
}

/** How many characters at the end of `text` begin `secret`; 0 if too few to tell. */
function beginningAtEnd(text: string, secret: string): number {
  for (let length = Math.min(secret.length - 1, text.length); length >= minBeginning; length--)
    if (text.endsWith(secret.slice(0, length))) return length;
  return 0;
}

/** A header's value, and its parts, which are quoted alone too: `x` of `Bearer x` and `id=x; sid=y`, the password of `Basic …`. */
function wordsOf(value: string): string[] {
  const words = value
    .split(/[\s,;]+|(?<=[^=])=(?=[^=])/)
    .filter((word) => !/^(bearer|basic|digest|token|apikey)$/i.test(word));
  const passwords = words.map((word) => /^[^:]*:(.+)$/.exec(Buffer.from(word, 'base64').toString('utf8'))?.[1] ?? '');
  return [value, ...words, ...passwords];
}

/** As it is, within JSON, within a URL, and in base64. */
function formsOf(secret: string): string[] {
  const base64 = Buffer.from(secret).toString('base64');
  const inUrl = encodeURIComponent(secret.replace(/\p{Cs}/gu, ''));
  return [secret, JSON.stringify(secret).slice(1, -1), inUrl, base64, base64.replace(/=+$/, '')];
}

function leavesOf(value: object, depth: number): [name: string, value: string][] {
  if (depth === 0) return [];
  return Object.entries(value).flatMap(([name, member]): [string, string][] => {
    if (typeof member === 'string') return [[name, member]];
    return typeof member === 'object' && member !== null ? leavesOf(member, depth - 1) : [];
  });
}
