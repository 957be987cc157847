#!/usr/bin/env bash
# DEST=… npm.sh PACKAGE@VERSION...: packages of npm with what they need, without running any of their scripts.
set -euo pipefail
echo '{"private":true}' > "$DEST/package.json"
npm install --prefix "$DEST" --no-fund --no-audit --ignore-scripts --loglevel=error "$@"
