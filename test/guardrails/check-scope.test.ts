// What is refused before anything is sent: scopes too large, secrets, files that are never sent.
import { describe, expect, it } from 'vitest';
import { defaults } from '../../server/config/config.ts';
import { checkScope } from '../../server/guardrails/check-scope.ts';
import { createMatcher } from '../../server/guardrails/glob.ts';
import { createIgnore } from '../../server/guardrails/ignored-files.ts';
import { findSecrets, redactSecrets } from '../../server/guardrails/secrets.ts';

const rules = { maxScopeLines: 400, maxScopeChars: 60_000, secrets: 'reject' } as const;

describe('the size of a scope', () => {
  it('is limited in lines', () => {
    expect(checkScope('x\n'.repeat(399), rules)).toEqual({ ok: true });
    expect(checkScope('x\n'.repeat(400), rules)).toEqual({
      ok: false,
      reason: 'the scope has 401 lines, more than 400 (guardrails.maxScopeLines)',
    });
  });

  it('is limited in characters', () => {
    expect(checkScope('x'.repeat(60_000), rules)).toEqual({ ok: true });
    expect(checkScope('x'.repeat(60_001), rules)).toEqual({
      ok: false,
      reason: 'the scope has 60001 characters, more than 60000 (guardrails.maxScopeChars)',
    });
  });
});

/** Built from pieces, so that no scanner takes this file for a leak. */
const secret = (...parts: string[]) => parts.join('');
const alnum = 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8';

describe('secrets', () => {
  it.each([
    ['an AWS access key', `const k = "${secret('AKIA', 'IOSFODNN7EXAMPLE')}";`],
    ['a GitHub token', `token: ${secret('ghp', '_', alnum)}`],
    ['a GitHub token', secret('github', '_pat_', alnum)],
    ['an API key (sk-…)', `OpenAI("${secret('sk-', 'proj-', alnum)}")`],
    ['an API key (sk-…)', secret('sk-', alnum)],
    ['an API key (sk-…)', secret('sk-', 'ant-api03-', alnum)],
    ['a Slack token', secret('xox', 'b-123456789012-abcdefABCDEF')],
    ['a Google key', secret('AIza', alnum.slice(0, 35))],
    ['a Stripe key', secret('sk', '_live_', alnum)],
    ['a JSON Web Token', secret('eyJ', 'hbGciOiJIUzI1NiJ9', '.eyJ', 'zdWIiOiIxMjM0In0', '.', 'dozjgNryP4J3jVmNHl0w5N')],
    ['a private key', secret('-----BEGIN RSA ', 'PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----')],
    ['a private key', secret('-----BEGIN OPENSSH ', 'PRIVATE KEY-----')],
    ['a password in an address', secret('postgres://app:', 'h7Gk29sLqW3x', '@db.internal/app')],
    ['a key or a password', `const apiKey = "${secret('9f86d081884c7d65', '9a2feaa0c55ad015')}";`],
    ['a key or a password', `  "client_secret": "${alnum}",`],
    ['a key or a password', `PASSWORD=${alnum}`],
    ['a key or a password', `api_token := "${alnum}"`],
    ['a key or a password', `const secretKey: string = '${alnum}'`],
  ])('%s', (kind, text) => {
    expect(findSecrets(text).map((found) => found.kind)).toEqual([kind]);
    expect(checkScope(`a\n${text}`, rules, 12)).toEqual({
      ok: false,
      reason: `line 13 holds what looks like ${kind}; nothing was sent (guardrails.secrets)`,
    });
    expect(checkScope(text, { ...rules, secrets: 'allow' }).ok).toBe(true);
    expect(redactSecrets(text)).toContain('[redacted]');
    expect(findSecrets(redactSecrets(text))).toEqual([]);
  });

  it.each([
    'const apiKey = process.env.OPENAI_API_KEY;',
    'const token = "your-api-key-goes-here-1";',
    'const tokenType = "urn:ietf:params:oauth:token-type:jwt2";',
    '<div class="sk-fading-circle sk-circle12">',
    'const key = `user:$' + '{id}:session-cache-2`;',
    'password: "$' + '{DB_PASSWORD_2024_LONG}"',
    'translationKey = "settings.account.password.reset2"',
    'const keyboardLayoutVersion = "qwerty";',
    'const hash = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";',
    'import { tokenize2 } from "./tokenizer/some-long-module-name2";',
    'http://localhost:8080/path@2',
    'keys: ["ArrowDownAndUp12"]',
  ])('is none: %s', (text) => {
    expect(findSecrets(text)).toEqual([]);
    expect(redactSecrets(text)).toBe(text);
  });

  it('ends on any text, before the test is given up', () => {
    const texts = ['sk-', 'eyJ.', 'key=', 'a.a:', '-----BEGIN ', 'AKIA', 'key"', 'key:a ', 'http://a:'];
    for (const text of texts) expect(findSecrets(text.repeat(Math.ceil(200_000 / text.length)))).toBeInstanceOf(Array);
  });
});

describe('globs', () => {
  it.each<[string, string[], string[]]>([
    ['*.pem', ['a.pem', 'x/y/a.pem', 'A.PEM'], ['a.pem.txt', 'pem']],
    ['.env.*', ['.env.local', 'a/.env.test'], ['.env', 'x.env.a']],
    ['build/', ['build/a', 'x/build/a/b'], ['build', 'builder/a']],
    ['/build', ['build', 'build/a'], ['x/build']],
    ['src/gen', ['src/gen/a.ts', 'src/gen'], ['x/src/gen']],
    ['src/**/gen', ['src/gen', 'src/a/b/gen/x'], ['src/genx']],
    ['**/x.ts', ['x.ts', 'a/b/x.ts'], ['x.tsx']],
    ['a/**', ['a/b', 'a/b/c'], ['a', 'b/a/c']],
    ['file?.[ch]', ['file1.c', 'fileX.h'], ['file.c', 'file1.x']],
    ['[!a-c]x', ['dx'], ['ax', 'x']],
    ['*.{key,p12}', ['a.key', 'b/c.p12'], ['a.{key', 'a.pem']],
    ['a[b', ['a[b'], ['ab']],
    ['*', ['anything', 'a/b'], []],
  ])('%s', (pattern, yes, no) => {
    const matches = createMatcher(pattern);
    for (const path of yes) expect([path, matches(path)]).toEqual([path, true]);
    for (const path of no) expect([path, matches(path)]).toEqual([path, false]);
  });

  const evil: [string, (size: number) => string][] = [
    ['stars', (size) => `${'*a'.repeat(size)}b`],
    ['stars in a row', (size) => `${'*'.repeat(size * 2)}b`],
    ['folders', (size) => `${'**/'.repeat(size)}*a*a*a*a*b`],
    ['folders with names', (size) => `${'**/a*/'.repeat(size)}b`],
    ['braces', (size) => `${'{a,b}'.repeat(size)}`],
    ['braces in braces', (size) => `${'{'.repeat(size)}${'}'.repeat(size)}`],
    ['open brackets', (size) => '[a'.repeat(size)],
  ];
  it.each(evil)('%s: twice the pattern or twice the path is about twice the work', (_name, make) => {
    const stepsOf = (pattern: string, path: string): number => {
      let steps = 0;
      createMatcher(pattern, () => steps++)(path);
      return steps;
    };
    for (const path of ['a', 'a/'] as const) {
      const base = stepsOf(make(40), path.repeat(400));
      expect(stepsOf(make(80), path.repeat(400))).toBeLessThanOrEqual(2.5 * base + 1000);
      expect(stepsOf(make(40), path.repeat(800))).toBeLessThanOrEqual(2.5 * base + 1000);
    }
  });

  it('with too many alternatives match everything', () => {
    expect(createMatcher('{a,b}'.repeat(8))('quite/another.ts')).toBe(true);
    expect(createMatcher('{'.repeat(30))('quite/another.ts')).toBe(true);
    expect(createMatcher('*.{a,b}{c,d}{e,f}')('x.ace')).toBe(true);
    expect(createMatcher('*.{a,b}{c,d}{e,f}')('x.acc')).toBe(false);
  });
});

describe('files that are never sent', () => {
  const ignore = (gitIgnored: (path: string) => Promise<boolean>) =>
    createIgnore({ patterns: defaults.ignore, gitIgnored });

  it.each(['.env', 'deploy/.env.production', 'certs/server.pem', '.ssh/id_ed25519', '.npmrc'])(
    '%s by default',
    async (path) => {
      expect(await ignore(async () => false)(path)).toEqual({
        ok: false,
        reason: expect.stringMatching(/^files like .* are never sent \(ignore\)$/),
      });
    },
  );

  it('nothing at all, if the patterns are too many to be looked at', async () => {
    const patterns = Array.from({ length: 1000 }, (_, i) => `${i}${'{a,b}'.repeat(6)}`);
    const gitIgnored = async () => false;
    expect(await createIgnore({ patterns, gitIgnored })('src/a.ts')).toEqual({
      ok: false,
      reason: expect.stringMatching(/too many/),
    });
    const usual = Array.from({ length: 1000 }, (_, i) => `folder${i}/*.{png,jpg}`);
    expect(await createIgnore({ patterns: usual, gitIgnored })('src/a.ts')).toEqual({ ok: true });
  });

  it('what git ignores, and what git cannot be asked about', async () => {
    expect(await ignore(async () => false)('src/a.ts')).toEqual({ ok: true });
    expect(await ignore(async (path) => path === 'src/a.ts')('src/a.ts')).toEqual({
      ok: false,
      reason: 'git ignores this file; nothing was sent',
    });
    expect(await ignore(() => Promise.reject(new Error('x')))('src/a.ts')).toHaveProperty('ok', false);
  });
});
