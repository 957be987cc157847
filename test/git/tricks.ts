// What a repository can hold to make git start something, each with the command `run` in it. All of them come with a clone or an archive.

import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { git, missingRules, promisor, repository, write } from './repositories.ts';

export interface Trick {
  readonly name: string;
  /** Makes the repository in `folder`, in which an edit of `a.ts` or `x.gen.ts` is asked for. `run` is a command line without quotes. */
  prepare(folder: string, run: string): Promise<void>;
  /** Of the editor, that the trick needs. */
  readonly env?: (folder: string, run: string) => NodeJS.ProcessEnv;
  /** Where the files are, if not in `folder`. */
  readonly at?: string;
}

const rules = { '.gitignore': '*.gen.ts\n', 'a.ts': '' };

/** An ordinary repository whose configuration goes on with this. */
const configured = (name: string, text: (run: string, folder: string) => string): Trick => ({
  name,
  async prepare(folder, run) {
    await repository(folder, rules);
    await append(folder, text(run, folder));
  },
});

/** The same, which has also to fetch something before it knows its rules. */
const fetching = (name: string, text: (run: string, folder: string) => string): Trick => ({
  name,
  async prepare(folder, run) {
    await repository(folder, { 'sub/.gitignore': '*.gen.ts\n', 'a.ts': '' });
    missingRules(folder);
    await write(folder, { '.git/info/exclude': '*.gen.ts\n' });
    await append(folder, text(run, folder));
  },
});

const append = (folder: string, text: string): Promise<void> =>
  writeFile(join(folder, '.git/config'), text, { flag: 'a' });

const ssh = (run: string): string => `${promisor('ssh://nowhere/x')}[core]\n\tsshCommand = "${run};"\n`;

export const tricks: readonly Trick[] = [
  {
    name: 'a folder that looks like a bare repository',
    at: 'evil',
    async prepare(folder, run) {
      await repository(folder, rules);
      const evil = join(folder, 'evil');
      await mkdir(evil);
      git(evil, ['init', '-q', '--bare']);
      missingRules(evil, { GIT_DIR: evil, GIT_WORK_TREE: evil });
      await writeFile(join(evil, 'config'), `[core]\n\tbare = false\n\tworktree = .\n${ssh(run)}`);
    },
  },
  fetching('a command to fetch with', ssh),
  fetching('a remote helper', (run) => `${promisor(`ext::sh -c ${run}`)}[protocol "ext"]\n\tallow = always\n`),
  fetching('a program at the other end', (run, folder) => {
    const uploadpack = `[remote "origin"]\n\tuploadpack = "${run};"\n`;
    return `${promisor(folder)}${uploadpack}[protocol "file"]\n\tallow = always\n`;
  }),
  fetching('a proxy', (run) => `${promisor('git://localhost:1/x')}[core]\n\tgitProxy = "${run}"\n`),
  fetching(
    'a credential helper',
    (run) =>
      `${promisor('http://127.0.0.1:1/x')}[credential]\n\thelper = "!${run}"\n[fetch]\n\tbundleURI = http://127.0.0.1:1/y\n`,
  ),
  fetching('a url that means another', (run) => `${ssh(run)}[url "ssh://nowhere/"]\n\tinsteadOf = none::\n`),
  fetching(
    'aliases',
    (run) => `[alias]\n\tcheck-ignore = "!${run}"\n\tfetch = "!${run}"\n\tconfig = "!${run}"\n${ssh(run)}`,
  ),
  fetching('the refs of alternates', (run) => `${ssh(run)}[core]\n\talternateRefsCommand = "${run};"\n`),
  configured('a file system monitor', (run) => `[core]\n\tfsmonitor = "${run};"\n\tuntrackedCache = true\n`),
  configured(
    'pagers, editors and the like',
    (run) =>
      `[core]\n\tpager = "${run};"\n\teditor = "${run};"\n\taskPass = "${run}"\n[pager]\n\tcheck-ignore = "${run};"\n[gpg]\n\tprogram = "${run}"\n`,
  ),
  configured(
    'drivers for diff and merge',
    (run) => `[diff]\n\texternal = "${run};"\n[diff "x"]\n\ttextconv = "${run};"\n`,
  ),
  {
    name: 'filters',
    async prepare(folder, run) {
      await repository(folder, { ...rules, '.gitattributes': '* filter=x diff=x\n.gitignore filter=x\n' });
      const filter = ['clean', 'smudge', 'process'].map((name) => `\t${name} = "${run};"\n`).join('');
      await append(folder, `[filter "x"]\n\trequired = true\n${filter}`);
    },
  },
  {
    name: 'hooks',
    async prepare(folder, run) {
      await repository(folder, rules);
      for (const name of ['post-index-change', 'reference-transaction', 'post-checkout', 'fsmonitor-watchman']) {
        for (const place of ['.git/hooks', 'hooks']) {
          await write(folder, { [`${place}/${name}`]: `#!/bin/sh\n${run}\n` });
          await chmod(join(folder, place, name), 0o755);
        }
      }
      await append(folder, `[core]\n\thooksPath = hooks\n\tfsmonitor = .git/hooks/fsmonitor-watchman\n`);
    },
  },
  {
    name: 'settings included from the work tree',
    async prepare(folder, run) {
      await repository(folder, { ...rules, 'evil.conf': `${ssh(run)}[core]\n\tfsmonitor = "${run};"\n` });
      missingRules(folder);
      await append(folder, '[include]\n\tpath = ../evil.conf\n[includeIf "gitdir:**"]\n\tpath = ../evil.conf\n');
    },
  },
  {
    name: 'a .git file that points to a repository in the clone',
    async prepare(folder, run) {
      await fetching('', ssh).prepare(join(folder, 'inner'), run);
      await write(folder, { ...rules, '.git': 'gitdir: inner/.git\n' });
      await append(join(folder, 'inner'), `[core]\n\tfsmonitor = "${run};"\n\tworktree = /\n`);
    },
  },
  {
    name: 'a work tree of a repository in the clone',
    async prepare(folder, run) {
      await fetching('', ssh).prepare(join(folder, 'inner'), run);
      await append(join(folder, 'inner'), `[core]\n\tfsmonitor = "${run};"\n`);
      const gitDir = 'inner/.git/worktrees/x';
      await write(folder, { ...rules, '.git': `gitdir: ${gitDir}\n`, [`${gitDir}/HEAD`]: 'ref: refs/heads/main\n' });
      await write(folder, { [`${gitDir}/commondir`]: '../..\n', [`${gitDir}/gitdir`]: '../../../../.git\n' });
    },
  },
  {
    name: 'alternates',
    async prepare(folder, run) {
      await fetching('', ssh).prepare(folder, run);
      await rm(join(folder, '.git/objects/info'), { recursive: true });
      await write(folder, {
        '.git/objects/info/alternates': '../../elsewhere\n',
        'elsewhere/info/alternates': '/dev\n',
      });
    },
  },
  {
    name: 'variables that git left to the editor',
    async prepare(folder, run) {
      await repository(folder, rules);
      await fetching('', ssh).prepare(join(folder, 'inner'), run);
    },
    env: (folder, run) => ({
      GIT_DIR: join(folder, 'inner/.git'),
      GIT_WORK_TREE: join(folder, 'inner'),
      GIT_INDEX_FILE: join(folder, 'inner/.git/index'),
      GIT_CONFIG_PARAMETERS: `'core.fsmonitor=${run};'`,
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: 'core.fsmonitor',
      GIT_CONFIG_VALUE_0: `${run};`,
      GIT_CONFIG: join(folder, 'inner/.git/config'),
      GIT_ALLOW_PROTOCOL: 'ssh:ext:file',
      GIT_SSH_COMMAND: run,
      GIT_TRACE: join(folder, 'MARK'),
      GIT_TRACE2: join(folder, 'MARK'),
    }),
  },
  {
    name: 'a home that is the repository',
    async prepare(folder, run) {
      await repository(folder, { ...rules, '.gitconfig': `[core]\n\tfsmonitor = "${run};"\n` });
      missingRules(folder);
      await append(folder, ssh(run));
    },
    env: () => ({
      HOME: '.',
      XDG_CONFIG_HOME: '.',
      GIT_CONFIG_GLOBAL: '.gitconfig',
      GIT_EXEC_PATH: '.',
      PATH: `.:${process.env.PATH}`,
    }),
  },
];
