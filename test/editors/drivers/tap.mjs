// tap.mjs SOCKET COMMAND...: stands between an editor and the server, passes every byte on untouched, and tells the test that listens at
// SOCKET of each message: one line of JSON {ms, from: "editor" | "server", message}.
import { spawn } from 'node:child_process';
import { connect } from 'node:net';

const [socket, command, ...args] = process.argv.slice(2);
const test = connect(socket);
test.on('error', () => {}); // the test is over; the editor may go on
const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] });

/** Calls `tell` with each message in a stream of Content-Length frames. */
function reader(tell) {
  let buffer = Buffer.alloc(0);
  return (data) => {
    buffer = Buffer.concat([buffer, data]);
    for (;;) {
      const head = buffer.indexOf('\r\n\r\n');
      if (head < 0) return;
      const length = Number(/content-length: *(\d+)/i.exec(buffer.toString('latin1', 0, head))?.[1]);
      if (buffer.length < head + 4 + length) return;
      tell(JSON.parse(buffer.toString('utf8', head + 4, head + 4 + length)));
      buffer = buffer.subarray(head + 4 + length);
    }
  };
}

const report = (from) => (message) => test.write(`${JSON.stringify({ ms: Date.now(), from, message })}\n`);

process.stdin.on('data', reader(report('editor')));
child.stdout.on('data', reader(report('server')));
process.stdin.pipe(child.stdin);
child.stdout.pipe(process.stdout);
for (const stream of [process.stdout, child.stdin]) stream.on('error', () => {}); // one side left first
child.on('exit', (code) => test.end(() => process.exit(code ?? 1)));
for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => child.kill(signal));
