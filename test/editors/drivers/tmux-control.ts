// tmux's commands through one client in control mode: no process for each key, and word of every output of the program.
import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

interface Waiting {
  readonly resolve: (answer: string) => void;
  readonly reject: (error: Error) => void;
}

export class TmuxControl {
  readonly #client: ChildProcess;
  /** Callers whose commands have not been answered; tmux answers in order. */
  readonly #waiting: Waiting[] = [];
  /** The lines of the answer that is being read. */
  #answer: string[] | undefined;

  /** `attach`: the program and arguments that attach to a server in control mode. `noticed` is called when something happens in the terminal. */
  constructor([program = '', ...args]: readonly string[], noticed: () => void) {
    this.#client = spawn(program, args, { stdio: ['pipe', 'pipe', 'ignore'] });
    this.#client.stdin!.on('error', () => {}); // tmux has ended
    createInterface(this.#client.stdout!).on('line', (line) => this.#read(line, noticed));
    this.#client.on('close', () => {
      for (const { reject } of this.#waiting.splice(0)) reject(new Error('tmux has ended'));
    });
  }

  /** Runs one command; gives what it prints. */
  run(...words: string[]): Promise<string> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#client.stdin!.write(`${words.map(quoted).join(' ')}\n`);
    });
  }

  end(): void {
    this.#client.kill();
  }

  #read(line: string, noticed: () => void): void {
    const [, mark, flags] = /^%(begin|end|error) \d+ \d+ (\d)$/.exec(line) ?? [];
    // A flag of 0 is tmux's own: attaching is a command, too.
    if (mark && flags === '0') return;
    if (mark === 'begin') this.#answer = [];
    else if (mark) this.#answered(mark === 'end');
    else if (this.#answer) this.#answer.push(line);
    else noticed();
  }

  #answered(isFine: boolean): void {
    const answer = this.#answer?.join('\n') ?? '';
    this.#answer = undefined;
    const caller = this.#waiting.shift();
    if (isFine) caller?.resolve(answer);
    else caller?.reject(new Error(`tmux: ${answer}`));
  }
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}
