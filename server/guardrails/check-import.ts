// Checks an import line that a model proposes: that it is nothing but one import statement, and which package it would bring in.

import { findInvisible } from '../text/invisible.ts';
import { nameOf } from './hidden-characters.ts';
import { nodeModules, pythonDistributions, pythonModules, rustCrates } from './standard-modules.ts';

/**
 * `package`: what the import would bring in; undefined where that is the project's own or the language's, or can't be told from the line. `known`:
 * whether the project depends on it already. Not ok: this is not a single import statement, and must not be inserted.
 */
export type ImportVerdict =
  | { readonly ok: true; readonly package: string | undefined; readonly known: boolean }
  | { readonly ok: false; readonly reason: string };

/** UTF-16 units: more than a user would read before approving. */
const maxLength = 300;

const quoted = String.raw`(?:'([^'\\]+)'|"([^"\\]+)")`;
const names = String.raw`[\w$*{},\s]+?`;

/** One form of an import statement. The first group that matches is the module. Anchored: nothing can stand before or behind it. */
interface Form {
  readonly regex: RegExp;
  readonly packageOf: (module: string) => string | undefined;
}

const javascript = (form: string): Form => ({ regex: new RegExp(`^${form}\\s*;?$`), packageOf: npmPackage });

const forms: readonly Form[] = [
  javascript(
    String.raw`import\s+(?:(?:type\s+)?${names}\s*from\s*)?${quoted}(?:\s*with\s*\{\s*type:\s*['"]\w+['"]\s*\})?`,
  ),
  javascript(String.raw`import\s+\w+\s*=\s*require\(\s*${quoted}\s*\)`),
  javascript(String.raw`(?:const|let|var)\s+${names}\s*=\s*require\(\s*${quoted}\s*\)`),
  { regex: /^from\s+([.\w]+)\s+import\s+(?:\*|[\w,\s]+|\([\w,\s]+\))$/, packageOf: pythonPackage },
  { regex: /^import\s+([\w.]+(?:\s+as\s+\w+)?(?:\s*,\s*[\w.]+(?:\s+as\s+\w+)?)*)$/, packageOf: pythonPackage },
  { regex: /^use\s+((?:::)?\w+(?:::[\w:{}*,\s]+)?(?:\s+as\s+\w+)?)\s*;$/, packageOf: rustPackage },
  { regex: /^import\s+[\w.]+\s+"([^"\\\s]+)"$/, packageOf: goPackage },
  // Java, Kotlin, Scala, C#, PHP; C and C++; Ruby: the package can't be told from the name.
  {
    regex: /^(?:import|using|use)\s+(?:static\s+|function\s+|const\s+)?([\w.\\*]+(?:\s+as\s+\w+)?)\s*;$/,
    packageOf: () => undefined,
  },
  { regex: /^#\s*include\s+(?:<([\w./+-]+)>|"([\w./+-]+)")$/, packageOf: () => undefined },
  { regex: /^require(?:_relative)?\s+(?:'([\w./-]+)'|"([\w./-]+)")$/, packageOf: () => undefined },
];

/** `dependencies`: the packages that the project's manifests name, see `dependenciesOf`. */
export function checkImport(line: string, dependencies: ReadonlySet<string>): ImportVerdict {
  const text = line.trim();
  const [invisible] = findInvisible(text);
  if (invisible)
    return { ok: false, reason: `the import holds an invisible character, ${nameOf(invisible.character)}` };
  if (text.length > maxLength || /[\r\n]/.test(text)) return { ok: false, reason: 'not an import of one line' };
  for (const { regex, packageOf } of forms) {
    const match = regex.exec(text);
    if (!match) continue;
    const module = match.slice(1).find((group) => group !== undefined)!;
    if (/^(?:data|javascript|blob|file):/i.test(module))
      return { ok: false, reason: 'the import would load code from an address' };
    const name = packageOf(module);
    return { ok: true, package: name, known: name === undefined || isKnown(name, dependencies) };
  }
  return { ok: false, reason: 'not one import statement' };
}

function isKnown(name: string, dependencies: ReadonlySet<string>): boolean {
  if (dependencies.has(name)) return true;
  // A Go import names a package by a folder of its module; the manifest names the module.
  return [...dependencies].some((dependency) => dependency.includes('/') && name.startsWith(`${dependency}/`));
}

function npmPackage(module: string): string | undefined {
  if (/^\.{0,2}\//.test(module) || module === '.' || module === '..' || module.startsWith('#') || isNodeModule(module))
    return undefined;
  if (/^[a-z]+:\/\//i.test(module)) return module;
  const [first = '', second = ''] = module.split('/');
  return first.startsWith('@') && second !== '' ? `${first}/${second}` : first;
}

function isNodeModule(module: string): boolean {
  return nodeModules.has(module) || (module.startsWith('node:') && nodeModules.has(module.slice('node:'.length)));
}

/** The first third-party package of the list. */
function pythonPackage(modules: string): string | undefined {
  const tops = modules.split(',').map((module) => module.trim().split(/[.\s]/)[0]!);
  const foreign = tops.find((top) => top !== '' && !pythonModules.has(top));
  return foreign === undefined ? undefined : normalPython(foreign);
}

/** The normal form of a distribution's name: PEP 503, with underscores as in module names. */
export function normalPython(name: string): string {
  const plain = name.toLowerCase().replace(/[-_.]+/g, '_');
  return Object.hasOwn(pythonDistributions, plain) ? pythonDistributions[plain]! : plain;
}

function rustPackage(path: string): string | undefined {
  const crate = path.replace(/^::/, '').split(/::|\s/)[0]!;
  return rustCrates.has(crate) ? undefined : crate;
}

/** The standard library's paths have no dot in their first part. */
function goPackage(path: string): string | undefined {
  return path.split('/')[0]!.includes('.') ? path : undefined;
}
