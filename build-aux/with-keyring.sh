#!/bin/sh
# with-keyring.sh: runs a command with a session bus, an unlocked keyring and a home directory of its own
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# with-keyring.sh [--tap] COMMAND [ARGUMENT...]
#
# Any number may run at the same time; the keyring of whoever calls is not touched. There is no
# display, so the keyring can ask nobody for a password. The exit status is the command's; 77 when
# there is no gnome-keyring (with --tap: a skipped plan and 0).
set -eu

if [ "${1:-}" = --inside ]; then
  shift
  printf 'a password\n' | gnome-keyring-daemon --unlock --components=secrets --daemonize >/dev/null 2>&1
  # Who asks before it has its name starts a second one, which is locked
  gdbus wait --session --timeout 20 org.freedesktop.secrets
  exec "$@"
fi

tap=
if [ "${1:-}" = --tap ]; then
  tap=yes
  shift
fi

for program in gnome-keyring-daemon dbus-run-session; do
  command -v "$program" >/dev/null 2>&1 && continue
  [ -z "$tap" ] || { echo "1..0 # SKIP $program is not installed"; exit 0; }
  echo "with-keyring.sh: $program is not installed" >&2
  exit 77
done

place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
trap 'exit 130' INT TERM

export HOME="$place/home" XDG_RUNTIME_DIR="$place/run" XDG_CONFIG_HOME="$place/home/.config" \
  XDG_DATA_HOME="$place/home/.local/share" XDG_CACHE_HOME="$place/home/.cache"
mkdir -p "$XDG_RUNTIME_DIR" "$XDG_CONFIG_HOME" "$XDG_DATA_HOME" "$XDG_CACHE_HOME"
chmod 700 "$XDG_RUNTIME_DIR"
unset DISPLAY WAYLAND_DISPLAY DBUS_SESSION_BUS_ADDRESS GNOME_KEYRING_CONTROL

# The daemon ends with the bus
status=0
dbus-run-session -- "$0" --inside "$@" || status=$?
exit "$status"
