#!/bin/sh
# check-flatpak.sh: flatpak-builder understands every word of the manifest. $1: manifest
#
# SPDX-License-Identifier: GPL-3.0-or-later

set -eu

if ! command -v flatpak-builder >/dev/null; then
  echo "flatpak-builder is not installed, so the manifest cannot be read" >&2
  exit 77
fi

manifest=$(realpath "$1")
# It leaves a folder of its own wherever it runs.
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch"

# Words it does not know are only warnings to it.
status=0
messages=$(flatpak-builder --show-manifest "$manifest" 2>&1 >/dev/null) || status=$?
if [ $status -ne 0 ] || echo "$messages" | grep -qE 'Unknown property|Failed to deserialize'; then
  echo "$messages" >&2
  exit 1
fi
