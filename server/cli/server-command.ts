// How an editor starts the server. Imports nothing: the program asks before it has turned on the cache for what it loads.

/** Microsoft's client library adds its process id; the one in `initialize` is what counts. */
export const isServing = (word: string): boolean => word === '--stdio' || /^--clientProcessId=\d+$/.test(word);

/** Whether `argv` (without node and the script) asks for the server, and for nothing else. */
export function isServerCommand(argv: readonly string[]): boolean {
  return argv.includes('--stdio') && argv.every(isServing);
}
