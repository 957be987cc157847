// Whether a file already imports what a proposed import would bring in, so that nothing is imported twice. By text, without a parser.

interface Import {
  readonly module: string;
  /** The names it brings in, aliases included; empty for an import of the module alone. */
  readonly names: readonly string[];
  /** TypeScript's `import type`: it brings in no values. */
  readonly isType: boolean;
}

const quotedModule = String.raw`(?<quote>['"])(?<module>[^'"\n]+)\k<quote>`;

/** Imports of JavaScript, TypeScript and Python, also over several lines. */
const spellings: readonly RegExp[] = [
  new RegExp(
    String.raw`\bimport\s+(?:(?<type>type)\s+(?!from\b))?(?<names>[^'";]*?)\s*(?:\bfrom\s*)?${quotedModule}`,
    'g',
  ),
  new RegExp(String.raw`\b(?:const|let|var)\s+(?<names>[^=;]*?)\s*=\s*require\(\s*${quotedModule}`, 'g'),
  /^from\s+(?<module>\S+)\s+import\s+(?<names>\([^)]*\)|[^\n#]*)/gm,
];

const pythonModules = /^import\s+(?<modules>[\w.,\s]+?)\s*(?:#.*)?$/gm;

/** `imports`: the import statements of the file, see `Scopes.imports`, or all of its text. */
export function isImported(line: string, imports: string): boolean {
  const wanted = read(line);
  const there = read(imports);
  if (wanted.length > 0) return wanted.every((one) => there.some((other) => covers(other, one)));
  const plain = (text: string) => text.trim().replace(/\s+/g, ' ').replace(/\s*;$/, '');
  return imports.split(/\r?\n/).some((other) => plain(other) === plain(line));
}

function read(text: string): Import[] {
  const found = spellings.flatMap((spelling) =>
    [...text.matchAll(spelling)].map(({ groups = {} }) => ({
      module: groups.module ?? '',
      names: namesIn(groups.names ?? ''),
      isType: groups.type !== undefined,
    })),
  );
  const modules = [...text.matchAll(pythonModules)].flatMap(({ groups = {} }) => (groups.modules ?? '').split(','));
  return [
    ...found,
    ...modules.map((module) => ({ module: module.trim().replace(/\s+/g, ' '), names: [], isType: false })),
  ];
}

/** Identifiers and the star, without the words `as` and `type`. */
function namesIn(clause: string): string[] {
  return (clause.match(/[\p{ID_Start}$_][\p{ID_Continue}$]*|\*/gu) ?? []).filter(
    (name) => name !== 'as' && name !== 'type',
  );
}

/** Whether `there` brings in all that `wanted` does. An import of values brings in the types of the same names too. */
function covers(there: Import, wanted: Import): boolean {
  if (there.module !== wanted.module || (there.isType && !wanted.isType)) return false;
  return wanted.names.every((name) => there.names.includes(name));
}
