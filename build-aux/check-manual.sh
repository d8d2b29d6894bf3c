#!/bin/sh
# check-manual.sh: manual pages are set without a warning and belong to this version. $1: version, then pages
#
# SPDX-License-Identifier: GPL-3.0-or-later

set -eu
version=$1
shift
status=0

if ! command -v groff >/dev/null; then
  echo "groff is not installed (package groff-base), so the pages cannot be set" >&2
  exit 77
fi

for page in "$@"; do
  warnings=$(groff -ww -man -Tutf8 -K utf8 -z "$page" 2>&1)
  if [ -n "$warnings" ]; then
    echo "$warnings" >&2
    status=1
  fi
  if ! grep -q "^\.TH .*\"Hearth $version\"" "$page"; then
    echo "$page: the line .TH does not say Hearth $version" >&2
    status=1
  fi
done
exit $status
