#!/usr/bin/env bash
# test-preparation.sh: what ./run and ./test stand on, tried with packages and programs that are not there
#
# SPDX-License-Identifier: GPL-3.0-or-later

set -u
shopt -s extglob
source_root=$1
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
status=0

# A machine of our own: commands that only say how they were called
mkdir "$scratch/bin"
for name in apt-get sudo dpkg-query; do
  # shellcheck disable=SC2016
  printf '#!/bin/bash\nprintf "%%s\\n" "%s $*" >>"%s/calls"\n[ -f "%s/%s.does" ] && . "%s/%s.does"\nexit 0\n' \
    "$name" "$scratch" "$scratch" "$name" "$scratch" "$name" >"$scratch/bin/$name"
  chmod +x "$scratch/bin/$name"
done
for name in bash sh env cat tail mkdir dirname rm; do
  ln -s "$(command -v "$name")" "$scratch/bin/$name"
done

# $1: what the call prints for `id -u`, then a script that has prepare.sh
prepared ()
{
  local user=$1
  shift
  : >"$scratch/calls"
  printf '#!/bin/sh\necho %s\n' "$user" >"$scratch/bin/id"
  chmod +x "$scratch/bin/id"
  PATH=$scratch/bin bash -c ". '$source_root/build-aux/prepare.sh'; open_log '$scratch/build'; $*" 2>&1
}

# $1: name, $2: text, $3: a pattern it must match
expect ()
{
  # shellcheck disable=SC2053
  if [[ $2 == $3 ]]; then
    printf 'ok %s\n' "$1"
  else
    printf 'not ok %s: expected %s, got:\n%s\n' "$1" "$3" "$2" >&2
    status=1
  fi
}

# shellcheck disable=SC2016
everything_is_there='for package in "${@:3}"; do echo "installed $package"; done'

packages=$(prepared 0 'list_packages run')
expect "packages of one section" "$packages" '*meson*libgtk-4-dev*'
expect "no comments, no other section" "$packages" '!(*#*|*xvfb*)'

echo "$everything_is_there" >"$scratch/dpkg-query.does"
output=$(prepared 1000 'prepare_packages run test')
expect "nothing to install says so in one line" "$output" 'Checking packages…'
expect "nothing to install needs nobody" "$(cat "$scratch/calls")" '!(*sudo*|*apt-get*)'

echo 'echo "installed meson"; echo "config-files gettext"' >"$scratch/dpkg-query.does"
output=$(prepared 0 'list_missing meson gettext ninja-build')
expect "half removed counts as missing" "$output" $'gettext\nninja-build'

prepared 0 'prepare_packages run' >"$scratch/output"
expect "root installs without sudo" "$(cat "$scratch/calls")" '!(*sudo*)'
expect "root installs the missing" "$(cat "$scratch/calls")" '*apt-get*update*apt-get*install*--no-install-recommends*gettext*'
expect "how many are missing" "$(cat "$scratch/output")" '*Installing +([0-9]) packages…*'

prepared 1000 'prepare_packages run' >"$scratch/output"
expect "a user is asked once" "$(grep -c '^sudo' "$scratch/calls")" 1

echo 'echo "E: no network"; exit 100' >"$scratch/apt-get.does"
output=$(prepared 0 'prepare_packages run; echo went on')
expect "a failed installation shows why" "$output" '*E: no network*could not be installed*prepare.log'
rm "$scratch/apt-get.does"

rm "$scratch/bin/sudo"
output=$(prepared 1000 'prepare_packages run; echo went on')
expect "without sudo the user learns what to do" "$output" '*please install them as root: apt-get install*ninja-build*'
expect "without sudo it ends there" "$output" '!(*went on*)'

rm "$scratch/bin/apt-get"
output=$(prepared 0 'prepare_packages run; echo went on')
expect "without apt-get the packages are named" "$output" '*no apt-get to install them:*ninja-build*'

rm "$scratch/bin/dpkg-query"
output=$(prepared 0 'prepare_packages run; echo went on')
expect "another system is not stopped" "$output" '*This is not Debian*went on'

output=$("$source_root/run" --port 70000 2>&1)
expect "an impossible port" "$output" '*the port must be a number from 1 to 65535*'
expect "help" "$("$source_root/run" --help)" 'Usage: ./run*--port N*'

log=$scratch/testlog.json
printf '{"result":"OK"}\n{"result":"SKIP"}\n{"result":"TIMEOUT"}\n{"result":"OK"}\n' >"$log"
output=$("$source_root/build-aux/count-tests.py" "$log" "$scratch/absent.json"; echo "exit $?")
expect "the sum over several runs" "$output" $'2 passed, 1 failed, 1 skipped\nexit 1'
output=$("$source_root/build-aux/count-tests.py" "$scratch/absent.json"; echo "exit $?")
expect "no test is no success" "$output" $'0 passed, 0 failed, 0 skipped\nexit 1'

exit $status
