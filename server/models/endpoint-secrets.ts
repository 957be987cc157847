// The secrets of an endpoint: its key, and what is secret in its headers and extra fields. Takes them out of whatever it sends back.

interface EndpointSettings {
  readonly headers?: Readonly<Record<string, string>>;
  readonly extraBody?: Readonly<Record<string, unknown>>;
}

/** Names of headers and fields whose values are secret, even short ones. */
const secretName = /auth|key|token|secret|cookie|pass|sign|session|credential/i;
const minNamed = 4;
/** Minimum length (UTF-16 units) in a header of any other name: shorter values occur in ordinary words. */
const minInHeader = 8;
/** The same in a field of the body: model names and settings are shorter, and errors quote them. */
const minInBody = 20;
/** Deeper than any request body of a service. */
const maxDepth = 16;
/** At least so many of its first characters at the end of a text count as a secret that was cut off. */
const minBeginning = 8;

/** Every secret of `settings`, in each form that a peer may quote it in, the longest first. `key` is the one in use now. */
export function secretsOf({ headers = {}, extraBody = {} }: EndpointSettings, key: string | undefined): string[] {
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

/** `text` with `***` in place of each secret, also of one that is cut off at its end: the text of a peer is bounded somewhere. */
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
