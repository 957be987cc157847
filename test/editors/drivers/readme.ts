// The set-ups that the README gives, taken from it word by word: what is tested is what people copy.
import { readFileSync } from 'node:fs';

const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8');

/** The code blocks of a language in the section under `### heading`, in order. */
export function readmeBlocks(heading: string, language: string): string[] {
  const section = readme.split(/^##+ /m).find((candidate) => candidate.startsWith(`${heading}\n`));
  const blocks = [...(section ?? '').matchAll(new RegExp(`^\`\`\`${language}\n([^]*?)^\`\`\``, 'gm'))];
  if (blocks.length === 0) throw new Error(`README.md has no ${language} under "### ${heading}" any more`);
  return blocks.map(([, code]) => code!);
}
