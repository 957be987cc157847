#!/usr/bin/env bash
# DEST=… cargo.sh CRATE VERSION: builds a program of crates.io into DEST/bin. Needs Rust; takes minutes.
set -euo pipefail
command -v cargo > /dev/null || { echo "cargo not found: $1 is built from source, with Rust (https://rustup.rs)" >&2; exit 1; }
echo "  building $1 $2"
CARGO_TARGET_DIR=$(mktemp -d)
export CARGO_TARGET_DIR
trap 'rm -rf "$CARGO_TARGET_DIR"' EXIT
cargo install --quiet --locked --root "$DEST" --version "$2" "$1"
