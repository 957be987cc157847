#!/usr/bin/env bash
# fetch.sh DEST: unpacks Debian sid's llama-server with all its libraries below DEST, from the mirror that apt is already set up with. Needs no
# root and changes nothing outside DEST; the libraries are found by DEST's own loader, so an older system will do. Needs apt and dpkg-deb.
set -euo pipefail
dest=$(realpath -m "$1")
mirror=$(apt-get indextargets --format '$(REPO_URI)' | grep -v security | head -n 1)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work"/etc/{apt.conf.d,preferences.d,sources.list.d} "$work"/state/lists/partial "$work"/cache/archives/partial "$work/root"
: >"$work/state/status"
echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror sid main" >"$work/etc/sources.list"
cat >"$work/apt.conf" <<CONF
Dir::Etc "$work/etc"; Dir::State "$work/state"; Dir::State::status "$work/state/status"; Dir::Cache "$work/cache";
APT::Install-Recommends "false"; APT::Sandbox::User "$(id -un)"; Debug::NoLocking "true";
Acquire::Languages "none"; Acquire::Check-Valid-Until "false"; Acquire::Retries "3";
CONF
export APT_CONFIG="$work/apt.conf"
apt-get -qq update
apt-get -qq -y --download-only install llama.cpp-tools >/dev/null
for package in "$work"/cache/archives/*.deb; do dpkg-deb -x "$package" "$work/root"; done
rm -rf "$work"/root/usr/share/{doc,man,info,locale,lintian}
mkdir -p "$(dirname "$dest")"
rm -rf "$dest"
mv "$work/root" "$dest"
