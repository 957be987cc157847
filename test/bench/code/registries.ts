// Fetches packages with the ordinary client of each registry, and unpacks them. Nothing of a package is installed; only pip has a source package's own build
// program say what it is called.

import { cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { run } from './run.ts';

interface Package {
  readonly name: string;
  readonly version: string;
}

/** Each fills an empty folder with the files of one package. */
export const registries: Readonly<Record<string, (wanted: Package, folder: string) => Promise<void>>> = {
  async npm({ name, version }, cwd) {
    await run('npm', ['pack', '--silent', '--ignore-scripts', `${name}@${version}`], { cwd });
    await unpack(cwd);
  },
  async pypi({ name, version }, cwd) {
    const sources = ['--no-deps', '--no-binary', ':all:'];
    await run('python3', ['-m', 'pip', 'download', '--quiet', ...sources, '-d', '.', `${name}==${version}`], { cwd });
    await unpack(cwd);
  },
  async crates({ name, version }, cwd) {
    const project = join(cwd, '.project');
    mkdirSync(join(project, 'src'), { recursive: true });
    writeFileSync(join(project, 'src', 'lib.rs'), '');
    writeFileSync(
      join(project, 'Cargo.toml'),
      `[package]\nname = "fetch"\nedition = "2021"\n[dependencies]\n${name} = { version = "=${version}", default-features = false }\n`,
    );
    const metadata = JSON.parse(await run('cargo', ['metadata', '--format-version', '1'], { cwd: project }));
    const found: { manifest_path: string } = metadata.packages.find((each: Package) => each.name === name);
    rmSync(project, { recursive: true });
    cpSync(dirname(found.manifest_path), cwd, { recursive: true });
  },
  async go({ name, version }, cwd) {
    const found = JSON.parse(await run('go', ['mod', 'download', '-json', `${name}@v${version}`], { cwd }));
    // Go keeps its modules read-only.
    await run('cp', ['-R', `${found.Dir}/.`, '.'], { cwd });
    await run('chmod', ['-R', 'u+w', '.'], { cwd });
  },
};

async function unpack(cwd: string): Promise<void> {
  const archive = readdirSync(cwd).find((name) => name.endsWith('gz'))!;
  await run('tar', ['xzf', archive, '--strip-components=1'], { cwd });
  rmSync(join(cwd, archive));
}
