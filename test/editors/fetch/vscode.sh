#!/usr/bin/env bash
# DEST=… vscode.sh CODE_SERVER_VERSION NODE_VERSION: VS Code for the browser with the Node it wants; nothing is compiled and no script of a
# package is run. Most built-in extensions go: they are not needed, and tsserver's would offer code actions of its own.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
bash "$here/node.sh" "$2"
export PATH=$DEST/bin:$PATH
npm install --prefix "$DEST" --no-fund --no-audit --ignore-scripts --loglevel=error "code-server@$1"
code=$DEST/node_modules/code-server/lib/vscode
echo "  installing what VS Code needs"
(cd "$code" && npm install --omit=dev --no-fund --no-audit --ignore-scripts --loglevel=error)
cd "$code/extensions"
for extension in */; do
  case $extension in
    theme-* | typescript-basics/ | javascript/ | python/ | configuration-editing/ | node_modules/) ;;
    *) rm -rf "$extension" ;;
  esac
done
rm -rf "$code"/node_modules/@github/copilot-sdk-* "$code"/node_modules/@microsoft/mxc-sdk
