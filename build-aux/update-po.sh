#!/bin/sh
# update-po.sh: brings po/POTFILES and the catalogues up to date with the sources and the web pages
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Then translate what `msgattrib --untranslated po/zh_CN.po` and `msgattrib --only-fuzzy` show.

set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
pot=$(mktemp)
trap 'rm -f "$pot"' EXIT

{
  echo "# Files with texts for people, written by build-aux/update-po.sh"
  "$root/build-aux/list-translatable.sh" "$root"
} >"$root/po/POTFILES"

"$root/build-aux/extract-pot.sh" "$pot" "$root"
grep -v '^#' "$root/po/LINGUAS" | while read -r language; do
  po=$root/po/$language.po
  if [ -f "$po" ]; then
    msgmerge --quiet --add-location=file --update --backup=none --previous "$po" "$pot"
  else
    msginit --no-translator --input="$pot" --locale="$language.UTF-8" --output-file="$po"
  fi
  # Texts that left the sources leave the catalogue too.
  msgattrib --no-obsolete --output-file="$po" "$po"
  printf '%s: ' "$language"
  msgfmt --statistics --output-file=/dev/null "$po"
done
