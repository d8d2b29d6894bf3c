#!/bin/sh
# with-display.sh: runs a command on a display, a session bus and a home directory of its own
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# with-display.sh [--size WIDTHxHEIGHT] [--compositor] [--keyring] [--tap] COMMAND [ARGUMENT...]
#
# Any number may run at the same time. Fonts, theme, animations and renderer are pinned, so that
# two pictures of the same window are the same. HEARTH_TEST_SETTINGS adds lines to GTK's settings.ini.
# --keyring puts an unlocked keyring on that bus.
# The exit status is the command's; 77 when there is no Xvfb (with --tap: a skipped plan and 0).
set -eu

size=1600x1000
compositor=
keyring=
tap=
while [ $# -gt 0 ]; do
  case $1 in
    --size) size=$2; shift 2 ;;
    --compositor) compositor=yes; shift ;;
    --keyring) keyring=$(cd "$(dirname "$0")" && pwd)/with-keyring.sh; shift ;;
    --tap) tap=yes; shift ;;
    *) break ;;
  esac
done

give_up () {
  [ -z "$tap" ] || { echo "1..0 # SKIP $1"; exit 0; }
  echo "with-display.sh: $1" >&2
  exit 77
}

for program in Xvfb dbus-run-session ${keyring:+gnome-keyring-daemon}; do
  command -v "$program" >/dev/null 2>&1 || give_up "$program is not installed"
done

place=$(mktemp -d)
server=
painter=
clean_up () {
  [ -z "$painter" ] || kill "$painter" 2>/dev/null || :
  [ -z "$server" ] || kill "$server" 2>/dev/null || :
  # What the bus has started may still be writing there
  rm -rf "$place" 2>/dev/null || { sleep 0.5; rm -rf "$place" || :; }
}
trap clean_up EXIT
trap 'exit 130' INT TERM

export HOME="$place/home" XDG_RUNTIME_DIR="$place/run" XDG_CONFIG_HOME="$place/home/.config" \
  XDG_DATA_HOME="$place/home/.local/share" XDG_CACHE_HOME="$place/home/.cache"
mkdir -p "$XDG_RUNTIME_DIR" "$XDG_CONFIG_HOME/gtk-4.0" "$XDG_DATA_HOME" "$XDG_CACHE_HOME"
chmod 700 "$XDG_RUNTIME_DIR"
{
  printf '[Settings]\ngtk-font-name=%s\ngtk-enable-animations=0\ngtk-cursor-blink=0\n' "${HEARTH_TEST_FONT:-DejaVu Sans 10}"
  [ -z "${HEARTH_TEST_SETTINGS:-}" ] || printf '%s\n' "$HEARTH_TEST_SETTINGS"
} > "$XDG_CONFIG_HOME/gtk-4.0/settings.ini"

# Without -noreset the server forgets everything between two clients
Xvfb -displayfd 9 -screen 0 "${size}x24" -nolisten tcp -noreset 9>"$place/number" 2>/dev/null &
server=$!
waited=0
while [ ! -s "$place/number" ]; do
  waited=$((waited + 1))
  [ "$waited" -lt 250 ] || give_up "Xvfb did not start"
  sleep 0.04
done

# The bus would start a portal for libadwaita to ask for colours. GDK would load a driver of OpenGL to look for a visual,
# though cairo draws; that keeps memory and is unloaded when leaks are told, so that lsan.supp could not name it.
export DISPLAY=":$(cat "$place/number")" GDK_BACKEND=x11 GSK_RENDERER="${GSK_RENDERER:-cairo}" GSETTINGS_BACKEND=memory \
  LC_ALL="${LC_ALL:-C.UTF-8}" TZ=UTC ADW_DISABLE_PORTAL=1 GDK_DEBUG=gl-disable
# What libraries keep until the end is told from a leak by the way to it (lsan.supp), which the fast unwinder loses in
# the first function without a frame pointer; a dozen frames reach far enough, and each one costs.
[ -z "${ASAN_OPTIONS:-}" ] || export ASAN_OPTIONS="$ASAN_OPTIONS:fast_unwind_on_malloc=0:malloc_context_size=12"
unset WAYLAND_DISPLAY DBUS_SESSION_BUS_ADDRESS AT_SPI_BUS_ADDRESS GNOME_KEYRING_CONTROL

# Menus have a black frame where nobody blends them
if [ -n "$compositor" ] && command -v picom >/dev/null 2>&1; then
  picom --backend xrender --no-fading-openclose >/dev/null 2>&1 &
  painter=$!
fi

status=0
# Stdout is the test's alone: what the bus starts speaks on stderr.
dbus-run-session -- sh -c 'exec >&3 3>&-; exec "$@"' sh ${keyring:+"$keyring" --inside} "$@" 3>&1 >&2 || status=$?
exit "$status"
