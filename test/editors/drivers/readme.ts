// The set-ups that the READMEs give, taken from them word by word: what is tested is what people copy.
import { readFileSync } from 'node:fs';

/** The code blocks of a language in the section under `heading` of a README (a path within the repository), in order. */
export function readmeBlocks(heading: string, language: string, path = 'README.md'): string[] {
  const section = sectionOf(heading, path);
  const blocks = [...section.matchAll(new RegExp(`^ *\`\`\`${language}\n([^]*?)^ *\`\`\``, 'gm'))];
  if (blocks.length === 0) throw new Error(`${path} has no ${language} under "${heading}" any more`);
  return blocks.map(([, code]) => code!);
}

/** The rows of the tables in a section, as cells. */
export function readmeRows(heading: string, path = 'README.md'): string[][] {
  const rows = sectionOf(heading, path).matchAll(/^\|(.*)\|$/gm);
  return [...rows].map(([, cells]) => cells!.split('|').map((cell) => cell.trim()));
}

function sectionOf(heading: string, path: string): string {
  const readme = readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');
  return readme.split(/^##+ /m).find((candidate) => candidate.startsWith(`${heading}\n`)) ?? '';
}
