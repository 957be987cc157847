// Runs in VS Code's extension host: evaluates the functions that a test sends through its socket, and tells of each change of a document
// or of what is reported of it.
const { connect } = require('node:net');
const { createInterface } = require('node:readline');
const vscode = require('vscode');

exports.activate = ({ subscriptions }) => {
  const socket = connect(process.env.QUICKHAND_PROBE);
  socket.on('error', () => {}); // the test is over
  const tell = (message) => socket.write(`${JSON.stringify(message)}\n`);
  subscriptions.push(
    vscode.workspace.onDidChangeTextDocument(() => tell({})),
    vscode.window.onDidChangeActiveTextEditor(() => tell({})),
    vscode.languages.onDidChangeDiagnostics(() => tell({})),
    { dispose: () => socket.destroy() },
  );
  const lines = createInterface(socket);
  lines.on('error', () => {}); // the socket's error again
  lines.on('line', async (line) => {
    const { id, code, args } = JSON.parse(line);
    try {
      const run = new Function(`return ${code}`)();
      tell({ id, result: await run(vscode, ...args) });
    } catch (error) {
      tell({ id, error: String(error?.stack ?? error) });
    }
  });
};
