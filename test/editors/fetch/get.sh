#!/usr/bin/env bash
# get.sh NAME: installs what an editor test needs into the cache, once, and prints its folder on stdout (progress on stderr).
# The cache is $EDITORS_DIR (default ~/.cache/quickhand/editors); a folder is complete when its `.ok` exists. It can't be moved afterwards.
# Raise the number in a key when its recipe changes. Suites move, so tests may ask for a feature but never for an exact version.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cache=$(realpath -m "${EDITORS_DIR:-$HOME/.cache/quickhand/editors}")
node24=24.21.0
code_server=4.139.1
kakoune_lsp=22.0.0
lsp_client=6.3.0

case ${1-} in
  forky) key=forky-1 recipe=(debs.sh forky usr/bin/nvim,usr/bin/hx neovim hx) ;;
  trixie) key=trixie-1 recipe=(debs.sh trixie usr/bin/nvim,usr/bin/hx neovim hx) ;;
  emacs) key=emacs-2 recipe=(debs.sh forky usr/bin/emacs-nox,usr/bin/emacsclient.emacs emacs-nox elpa-lsp-mode) ;;
  kakoune) key=kakoune-1 recipe=(debs.sh forky usr/bin/kak kakoune) ;;
  kakoune-lsp) key=kakoune-lsp-$kakoune_lsp recipe=(cargo.sh kak-lsp "$kakoune_lsp") ;;
  node24) key=node-$node24 recipe=(node.sh "$node24") ;;
  vscode) key=code-server-$code_server recipe=(vscode.sh "$code_server" "$node24") ;;
  codemirror) key=codemirror-lsp-client-$lsp_client recipe=(npm.sh "@codemirror/lsp-client@$lsp_client" @codemirror/commands@6 @codemirror/state@6 @codemirror/view@6) ;;
  tmux | chromium) exec bash "$here/system.sh" "$1" ;;
  *) echo "usage: get.sh forky|trixie|emacs|kakoune|kakoune-lsp|node24|vscode|codemirror|tmux|chromium" >&2; exit 2 ;;
esac

dest=$cache/$key
mkdir -p "$cache"
exec 9> "$dest.lock"
flock -n 9 || { echo "$key: waiting for another run that installs it" >&2; flock 9; }
if [ ! -e "$dest/.ok" ]; then
  rm -rf "$dest"
  mkdir -p "$dest"
  echo "$key: installing into $dest" >&2
  start=$SECONDS
  if ! DEST=$dest bash "$here/${recipe[@]:0:1}" "${recipe[@]:1}" >&2; then
    echo "$key: could not be installed; the reason is above" >&2
    exit 1
  fi
  touch "$dest/.ok"
  echo "$key: installed in $((SECONDS - start)) s, $(du -sh "$dest" | cut -f1)" >&2
fi
echo "$dest"
