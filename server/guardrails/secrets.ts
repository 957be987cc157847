// Finds what looks like a key or a password, before anything is sent; redacts it in text that is only context.

/** `from`..`to` are UTF-16 offsets of the text searched. `kind` completes "looks like …". */
export interface Secret {
  readonly kind: string;
  readonly from: number;
  readonly to: number;
}

interface Pattern {
  readonly kind: string;
  /** The secret is the group `value` or `bare`, else the whole match. All repetitions are bounded, so that no text takes long. */
  readonly regex: RegExp;
  /** The form alone says little: the value must also look random. */
  readonly random?: boolean;
}

/** Formats as the issuers document them, then two general ones. */
const patterns: readonly Pattern[] = [
  {
    kind: 'a private key',
    regex:
      /-----BEGIN (?:[A-Z0-9]{1,20} ){0,4}PRIVATE KEY(?: BLOCK)?-----(?:[^-]{0,10000}-----END [A-Z0-9 ]{1,60}-----)?/g,
  },
  { kind: 'an AWS access key', regex: /\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}\b/g },
  { kind: 'a GitHub token', regex: /\b(?:gh[pousr]_[A-Za-z0-9]{30,255}|github_pat_[A-Za-z0-9_]{22,255})\b/g },
  { kind: 'a GitLab token', regex: /\bglpat-[A-Za-z0-9_-]{20,255}/g },
  { kind: 'an API key (sk-…)', regex: /\bsk-(?:proj|svcacct|admin|ant|or)-[A-Za-z0-9_-]{16,255}/g },
  { kind: 'an API key (sk-…)', regex: /\bsk-(?=[A-Za-z0-9_-]{0,60}\d)[A-Za-z0-9]{20,255}\b/g },
  { kind: 'a Cerebras or Groq key', regex: /\b(?:csk-|gsk_)[A-Za-z0-9]{20,255}\b/g },
  {
    kind: 'a Slack token',
    regex: /\bxox[abeoprs]-[A-Za-z0-9-]{10,255}|\bhooks\.slack\.com\/services\/T\w{1,20}\/B\w{1,20}\/\w{8,60}/g,
  },
  { kind: 'a Google key', regex: /\bAIza[0-9A-Za-z_-]{35}(?![0-9A-Za-z_-])|\bGOCSPX-[0-9A-Za-z_-]{20,60}/g },
  { kind: 'a Stripe key', regex: /\b[sr]k_(?:live|test)_[A-Za-z0-9]{16,255}\b/g },
  { kind: 'an npm token', regex: /\bnpm_[A-Za-z0-9]{36}\b/g },
  { kind: 'a Hugging Face token', regex: /\bhf_[A-Za-z0-9]{30,60}\b/g },
  { kind: 'a JSON Web Token', regex: /\beyJ[A-Za-z0-9_-]{8,4000}\.eyJ[A-Za-z0-9_-]{8,4000}\.[A-Za-z0-9_-]{8,1000}/g },
  {
    kind: 'a password in an address',
    regex: /\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:@/'"]{1,100}:(?<value>[^\s@/'"]{8,200})@/gi,
    random: true,
  },
  {
    kind: 'a key or a password',
    regex:
      /(?:key|token|secret|passwd|password|pwd|credentials?|auth)[\w-]{0,30}["'\]]{0,2}\s{0,4}(?::\s{0,2}\w{1,20}\s{0,2})?(?::=|=>|[:=])\s{0,4}(?:[bru]?["'`](?<value>[^"'`\s]{16,400})["'`]|(?<bare>[A-Za-z0-9+/_.-]{20,400}={0,2})(?=\s|$))/gi,
    random: true,
  },
];

/** All secrets in `text`, in order, without overlaps. */
export function findSecrets(text: string): Secret[] {
  const found = patterns.flatMap((pattern) => findPattern(pattern, text));
  found.sort((a, b) => a.from - b.from || b.to - a.to);
  let end = 0;
  return found.filter(({ from, to }) => {
    const isFree = from >= end;
    if (isFree) end = to;
    return isFree;
  });
}

/** `text` with each secret replaced by `[redacted]`. */
export function redactSecrets(text: string): string {
  let result = '';
  let at = 0;
  for (const { from, to } of findSecrets(text)) {
    result += `${text.slice(at, from)}[redacted]`;
    at = to;
  }
  return result + text.slice(at);
}

function findPattern({ kind, regex, random }: Pattern, text: string): Secret[] {
  return [...text.matchAll(regex)].flatMap((match) => {
    const value = match.groups?.value ?? match.groups?.bare ?? match[0];
    if (random && !looksRandom(value)) return [];
    // Without quotes it may be an identifier: those have few digits.
    if (value === match.groups?.bare && value.replace(/\D/g, '').length < 3) return [];
    const from = match.index + match[0].lastIndexOf(value);
    return [{ kind, from, to: from + value.length }];
  });
}

/** Words that mark an example or a reference instead of a value. */
const notSecret =
  /example|sample|dummy|placeholder|change.?me|your[-_ ]|x{4,}|\.{3}|[$%<{(]|\*{3}|process\.env|os\.environ|test[-_]?(?:key|token)/i;

/** A run of 8 or more with letters and digits mixed, and 3 bits of entropy per character: dotted paths, names and words have less of one or the other. */
function looksRandom(value: string): boolean {
  const isMixed = (part: string): boolean => part.length >= 8 && /\d/.test(part) && /[A-Za-z]/.test(part);
  return !notSecret.test(value) && value.split(/[-_./:]/).some(isMixed) && entropy(value) >= 3;
}

/** Shannon entropy in bits per character. */
function entropy(value: string): number {
  const counts = new Map<string, number>();
  for (const c of value) counts.set(c, (counts.get(c) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / value.length) * Math.log2(count / value.length);
  return bits;
}
