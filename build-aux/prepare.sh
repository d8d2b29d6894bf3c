# prepare.sh: what ./run and ./test do before they differ. Sourced by bash, never run.
#
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
log=

step ()
{
  printf '%s\n' "$*"
}

# A sentence that helps, on standard error, and the end.
fail ()
{
  printf '%s: %s\n' "${0##*/}" "$*" >&2
  exit 1
}

# Runs a command silently; its output goes to the log and is only shown when it fails.
# $1: what to say then
quietly ()
{
  local complaint=$1
  shift
  "$@" >>"$log" 2>&1 </dev/null && return
  printf '\n' >&2
  tail -n 40 "$log" >&2
  printf '\n' >&2
  fail "$complaint The whole log is $log"
}

# Packages of the named sections of build-aux/packages
list_packages ()
{
  local wanted=" $* " section="" line
  while IFS= read -r line; do
    line=${line%%#*}
    line=${line//[[:space:]]/}
    case $line in
      '') ;;
      \[*\]) section=${line:1:-1} ;;
      *) [[ $wanted == *" $section "* ]] && printf '%s\n' "$line" ;;
    esac
  done <"$root/build-aux/packages"
}

# Of the packages on the command line, those that are not installed
list_missing ()
{
  local installed package
  # One call for all; unknown names only go to standard error.
  installed=$(dpkg-query --show --showformat='${db:Status-Status} ${Package}\n' "$@" 2>/dev/null)
  for package in "$@"; do
    [[ $'\n'$installed$'\n' == *$'\n'"installed $package"$'\n'* ]] || printf '%s\n' "$package"
  done
}

install_packages ()
{
  local as_root=()
  command -v apt-get >/dev/null ||
    fail "these packages are missing and there is no apt-get to install them: $*"
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null ||
      fail "these packages are missing; without sudo, please install them as root: apt-get install $*"
    as_root=(sudo -p "Password of %p, to install packages: ")
  fi
  if [ $# -eq 1 ]; then
    step "Installing the package $1…"
  else
    step "Installing $# packages…"
  fi
  # One call, so that sudo asks once. Old package lists may still be good enough: a failed update is not the end.
  # shellcheck disable=SC2016
  quietly "The packages could not be installed. Is this machine online? They are: $*." \
    "${as_root[@]}" sh -c '
      export DEBIAN_FRONTEND=noninteractive
      apt-get -q -o DPkg::Lock::Timeout=300 update
      exec apt-get -q -y -o DPkg::Lock::Timeout=300 install --no-install-recommends "$@"' sh "$@"
}

# Makes sure of the packages of the named sections
prepare_packages ()
{
  local packages missing
  step "Checking packages…"
  if ! command -v dpkg-query >/dev/null; then
    step "This is not Debian: the packages in build-aux/packages are taken to be there."
    return
  fi
  mapfile -t packages < <(list_packages "$@")
  mapfile -t missing < <(list_missing "${packages[@]}")
  [ ${#missing[@]} -eq 0 ] || install_packages "${missing[@]}"
}

# Opens a log inside a build directory. $1: directory
open_log ()
{
  log=$1/prepare.log
  mkdir -p "$1" 2>/dev/null
  : 2>/dev/null >"$log" ||
    fail "the folder $1 cannot be written. If another user built there, remove it first: sudo rm -rf $1"
}

# Configures a build directory unless that is done. $1: directory, then options for meson
configure ()
{
  local dir=$1 stamp=$1/configured-as wanted
  shift
  wanted="$root $*"
  if [ -f "$dir/build.ninja" ]; then
    # Without our stamp somebody configured it by hand, and knows why.
    if [ ! -f "$stamp" ] || [ "$(cat "$stamp")" = "$wanted" ]; then
      return
    fi
    # A moved checkout, or other options than last time
    rm -rf "$dir/meson-private" "$dir/meson-info" "$dir/build.ninja"
  fi
  step "Configuring…"
  quietly "Configuring failed." meson setup "$dir" "$root" "$@"
  printf '%s\n' "$wanted" >"$stamp"
}

# $1: directory, then targets (none: all)
build ()
{
  local dir=$1
  shift
  step "Building…"
  quietly "Building failed." ninja -C "$dir" "$@"
}
