// What a project depends on, read from the text of its manifests. Reads no files itself.

import { normalPython } from './check-import.ts';

/** Manifests that {@link dependenciesOf} can read, by file name. */
const manifestNames = ['package.json', 'pyproject.toml', 'requirements.txt', 'Cargo.toml', 'go.mod'] as const;

export type ManifestName = (typeof manifestNames)[number];

/** The names of a manifest's dependencies, spelt as `checkImport` compares them; empty for a text that can't be parsed. */
export function dependenciesOf(manifest: ManifestName, text: string): ReadonlySet<string> {
  return new Set(readers[manifest](text));
}

const readers: Readonly<Record<ManifestName, (text: string) => string[]>> = {
  'package.json': npmDependencies,
  'pyproject.toml': (text) => tomlNames(text, /^(?:project|tool\.poetry|dependency-groups|tool\.uv)/).map(normalPython),
  'requirements.txt': (text) => namesIn(text, /^([A-Za-z0-9][\w.-]*)/).map(normalPython),
  'Cargo.toml': (text) => tomlNames(text, /dependencies/).map((name) => name.replaceAll('-', '_')),
  'go.mod': (text) => namesIn(text, /^(?:module\s+|require\s+)?([\w.-]+\.[\w.-]+(?:\/[\w.~-]+)*)(?:\s|$)/),
};

function npmDependencies(text: string): string[] {
  let manifest: unknown;
  try {
    manifest = JSON.parse(text);
  } catch {
    return [];
  }
  const own = Object(manifest) as Record<string, unknown>;
  const groups = ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'];
  const listed = groups.flatMap((group) => Object.keys(Object(own[group])));
  return typeof own.name === 'string' ? [own.name, ...listed] : listed;
}

/** What the first group of `regex` finds in each line. */
function namesIn(text: string, regex: RegExp): string[] {
  return text.split(/\r?\n/).flatMap((line) => regex.exec(line.trim())?.[1] ?? []);
}

/**
 * Keys, and strings that begin with a name, in the TOML tables whose header matches. Some are not dependencies (`version`, `authors`): all that does is
 * that a package of such a name is not reported as new.
 */
function tomlNames(text: string, table: RegExp): string[] {
  let inside = false;
  return text.split(/\r?\n/).flatMap((line) => {
    const header = /^\s*\[+\s*([^\]]+?)\s*\]+\s*(?:#.*)?$/.exec(line);
    if (header) {
      inside = table.test(header[1]!);
      // A header such as [dependencies.name] names a dependency itself.
      return inside ? [header[1]!.split('.').at(-1)!.replace(/["']/g, '')] : [];
    }
    if (!inside) return [];
    const key = /^\s*["']?([A-Za-z0-9][\w.-]*)["']?\s*=/.exec(line)?.[1];
    const strings = [...line.matchAll(/["']([A-Za-z0-9][\w.-]*)(?=[\s[<>=!~;,"'@(])/g)].map((match) => match[1]!);
    if (key === undefined) return strings;
    // Only a list names further packages; a plain value is a version.
    return line.includes('[') ? [key, ...strings] : [key];
  });
}
