#!/bin/sh
# check-flatpak.sh: flatpak-builder understands every word of the manifest. $1: manifest
#
# SPDX-License-Identifier: GPL-3.0-or-later

set -eu

if ! command -v flatpak-builder >/dev/null; then
  echo "flatpak-builder is not installed, so the manifest cannot be read" >&2
  exit 77
fi

state=$(mktemp -d)
trap 'rm -rf "$state"' EXIT

# Words it does not know are only warnings to it.
status=0
messages=$(flatpak-builder --state-dir="$state" --show-manifest "$1" 2>&1 >/dev/null) || status=$?
if [ $status -ne 0 ] || echo "$messages" | grep -qE 'Unknown property|Failed to deserialize'; then
  echo "$messages" >&2
  exit 1
fi
