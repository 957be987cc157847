// The set-ups that the READMEs give, taken from them word by word: what is tested is what people copy.
import { readFileSync } from 'node:fs';

/** The code blocks of a language in the section under `heading` of a README (a path within the repository), in order. */
export function readmeBlocks(heading: string, language: string, path = 'README.md'): string[] {
  const readme = readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');
  const section = readme.split(/^##+ /m).find((candidate) => candidate.startsWith(`${heading}\n`));
  const blocks = [...(section ?? '').matchAll(new RegExp(`^ *\`\`\`${language}\n([^]*?)^ *\`\`\``, 'gm'))];
  if (blocks.length === 0) throw new Error(`${path} has no ${language} under "${heading}" any more`);
  return blocks.map(([, code]) => code!);
}
