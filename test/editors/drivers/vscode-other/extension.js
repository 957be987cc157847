// Another extension with a language server for the same files. Only ever installed by tests; `SERVER` is put in by the driver.
const { LanguageClient } = require('vscode-languageclient/node');

exports.activate = async ({ subscriptions }) => {
  const [command, ...args] = SERVER;
  const client = new LanguageClient('other', { command, args }, { documentSelector: [{ scheme: 'file' }] });
  subscriptions.push(client);
  await client.start();
};
