// Installs the editors that tests need, through fetch/get.sh.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export type Tool =
  | 'forky'
  | 'trixie'
  | 'emacs'
  | 'kakoune'
  | 'kakoune-lsp'
  | 'node24'
  | 'vscode'
  | 'codemirror'
  | 'tmux'
  | 'chromium';

/** The folder (of tmux and chromium: the program) of an installed tool. Quick when it is in the cache; else it prints what it does. */
export function install(tool: Tool): Promise<string> {
  const script = fileURLToPath(new URL('../fetch/get.sh', import.meta.url));
  const child = spawn('bash', [script, tool], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.on('data', (data) => {
    output += data;
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve(output.trim());
      else reject(new Error(`${tool} could not be installed: see the output of get.sh above`));
    });
  });
}
