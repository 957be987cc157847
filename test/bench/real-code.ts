// `npm run bench:code`: real code to measure with. Fetches exact versions of public packages into the cache and prints the folder of each language.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { cached, codeFolder } from './code/cache.ts';
import { registries } from './code/registries.ts';
import { MissingProgram } from './code/run.ts';

const helpText = `Usage: npm run bench:code [-- --json]

Fetches the packages of test/bench/code/packages.json with npm, pip, cargo and go into ${codeFolder}, once,
and prints the folder of each language: what bench:scope and bench:sound take.

  --json  as JSON: a folder by language, and what could not be fetched`;

interface Registry {
  readonly languages: readonly string[];
  readonly packages: Readonly<Record<string, string>>;
}

const { values } = parseArgs({ options: { json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } });
if (values.help) {
  console.log(helpText);
  process.exit(0);
}

const packagesFile = fileURLToPath(new URL('code/packages.json', import.meta.url));
const wanted: Readonly<Record<string, Registry>> = JSON.parse(readFileSync(packagesFile, 'utf8'));
const folders: Record<string, string> = {};
const missing: string[] = [];
for (const [registry, { languages, packages }] of Object.entries(wanted)) {
  for (const language of languages) folders[language] = join(codeFolder, registry);
  for (const [name, version] of Object.entries(packages)) {
    const folder = `code/${registry}/${name.replace(/^@/, '').replaceAll('/', '-')}-${version}`;
    try {
      await cached(folder, async (empty) => {
        process.stderr.write(`${registry}: ${name} ${version}\n`);
        await registries[registry]!({ name, version }, empty);
      });
    } catch (error) {
      missing.push(
        `${registry}: ${error instanceof MissingProgram ? '' : `${name} ${version}: `}${(error as Error).message}`,
      );
      if (error instanceof MissingProgram) break;
    }
  }
}
if (values.json) console.log(JSON.stringify({ folders, missing }));
else for (const [language, folder] of Object.entries(folders)) console.log(`${language.padEnd(11)} ${folder}`);
for (const line of missing) process.stderr.write(`not fetched: ${line}\n`);
process.exitCode = missing.length > 0 ? 1 : 0;
