#!/usr/bin/env bash
# system.sh PROGRAM: prints where PROGRAM is, after installing its package of the same name when it is missing (that needs root).
set -euo pipefail
if ! command -v "$1" > /dev/null; then
  if [ "$(id -u)" != 0 ] || ! command -v apt-get > /dev/null; then
    echo "$1 is needed for the editor tests: install it with your package manager (Debian: apt-get install $1)" >&2
    exit 1
  fi
  echo "$1: installing with apt-get" >&2
  exec 9> "${TMPDIR:-/tmp}/quickhand-apt.lock"
  flock 9
  export DEBIAN_FRONTEND=noninteractive
  apt-get -qq update >&2
  apt-get -qq -y install --no-install-recommends "$1" > /dev/null
fi
command -v "$1"
