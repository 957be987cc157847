// Makes dist-vscode/: the extension with the server in it, as a folder and as quickhand.vsix. The server is taken from dist/.
import { cp, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { configuration } from './configuration.mjs';
import { packageVsix } from './vsix.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const root = join(here, '../..');
const target = join(root, 'dist-vscode');
/** Built beside and moved into place, so that nothing ever reads half of a build. */
const work = `${target}.${process.pid}`;
const extension = join(work, 'extension');
/** `folder`: of a package, relative to the root. */
const manifestOf = async (folder) => JSON.parse(await readFile(join(root, folder, 'package.json'), 'utf8'));
const source = await manifestOf('clients/vscode');
const { version } = await manifestOf('');
const schema = JSON.parse(await readFile(join(root, 'server/config/schema.json'), 'utf8'));
const manifest = {
  ...source,
  version,
  contributes: { ...source.contributes, configuration: configuration(schema) },
};

await rm(work, { recursive: true, force: true });
await mkdir(extension, { recursive: true });
const { metafile } = await build({
  metafile: true,
  entryPoints: [join(here, 'src/extension.ts')],
  outfile: join(extension, 'extension.js'),
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  external: ['vscode'],
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none',
  logLevel: 'warning',
});
await writeFile(join(extension, 'LICENCES.txt'), await licences(Object.keys(metafile.inputs)));
await cp(join(root, 'dist'), join(extension, 'server'), { recursive: true });
// The server is made of ES modules; the extension is not.
await writeFile(join(extension, 'server/package.json'), '{"type":"module"}\n');
for (const name of ['README.md', 'walkthrough', 'images']) {
  await cp(join(here, name), join(extension, name), { recursive: true });
}
for (const name of ['LICENSE', 'CHANGELOG.md']) await cp(join(root, name), join(extension, name));
await writeFile(join(extension, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
await writeFile(join(work, 'quickhand.vsix'), await packageVsix(extension, manifest));
await rm(target, { recursive: true, force: true });
await rename(work, target);

/** The licences of the packages that bundled files come from. */
async function licences(inputs) {
  const folders = inputs.map((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0]).filter(Boolean);
  const texts = [...new Set(folders)].sort().map(async (folder) => {
    const { name, version, license } = await manifestOf(folder);
    const file = (await readdir(join(root, folder))).find((entry) => /^licen[cs]e/i.test(entry));
    const text = file ? await readFile(join(root, folder, file), 'utf8') : `License: ${license}\n`;
    return `${name} ${version}\n\n${text}`;
  });
  return (await Promise.all(texts)).join('\n\n----\n\n');
}
