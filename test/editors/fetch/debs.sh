#!/usr/bin/env bash
# DEST=… debs.sh SUITE BIN[,BIN...] PKG...: unpacks packages of a Debian suite with all their dependencies under DEST, and makes the named
# binaries (paths below DEST) use DEST's own loader and libraries: editors newer or older than this machine's, without root or a chroot.
# The mirror is the one apt is set up with. Release files of moving suites may be expired on a mirror, hence no Check-Valid-Until.
set -euo pipefail
suite=$1 bins=$2; shift 2
for tool in apt-get dpkg-deb; do
  command -v "$tool" > /dev/null || { echo "$tool not found: the editor tests take editors from Debian packages" >&2; exit 1; }
done
mirror=$(apt-get indextargets --format '$(REPO_URI)' | grep -v security | head -n 1) || true
[ -n "$mirror" ] || { echo "apt has no package source set up: nothing to fetch editors from" >&2; exit 1; }

apt=$(mktemp -d); trap 'rm -rf "$apt"' EXIT
mkdir -p "$apt"/etc/{apt.conf.d,preferences.d,sources.list.d} "$apt"/state/lists/partial "$apt"/cache/archives/partial
: > "$apt/state/status"
echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror $suite main" > "$apt/etc/sources.list"
cat > "$apt/apt.conf" <<A
Dir::Etc "$apt/etc"; Dir::State "$apt/state"; Dir::State::status "$apt/state/status"; Dir::Cache "$apt/cache";
APT::Install-Recommends "false"; APT::Sandbox::User "$(id -un)"; Debug::NoLocking "true";
Acquire::Languages "none"; Acquire::Check-Valid-Until "false"; Acquire::Retries "3";
A
export APT_CONFIG="$apt/apt.conf"
echo "  reading the package list of $suite"
apt-get -qq update
echo "  downloading $* and what they need"
apt-get -qq -y --download-only install patchelf "$@" > /dev/null
echo "  unpacking $(ls "$apt"/cache/archives/*.deb | wc -l) packages"
for deb in "$apt"/cache/archives/*.deb; do dpkg-deb -x "$deb" "$DEST"; done
rm -rf "$DEST"/usr/share/{doc,man,info,locale,lintian,bug}

libraries=$(dirname "$(ls "$DEST"/usr/lib/*-linux-gnu/libc.so.6)")
loader=$(ls "$libraries"/ld-linux-*.so.* | head -n 1)
for bin in ${bins//,/ }; do
  file=$(realpath "$DEST/$bin")
  cp -p "$file" "$file.tmp" # patchelf itself may be running from what it patches
  "$loader" --library-path "$libraries" "$DEST/usr/bin/patchelf" \
    --set-interpreter "$loader" --force-rpath --set-rpath "$libraries" "$file.tmp"
  mv "$file.tmp" "$file"
done
