#!/bin/sh
# check-texts.sh: the list of files with texts is right, and every language says everything
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# check-texts.sh list|catalogues [SOURCE TREE]

set -eu
export LC_ALL=C.UTF-8
root=$(cd "${2:-$(dirname "$0")/..}" && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

mend ()
{
  echo "$* Run build-aux/update-po.sh, then translate what it leaves open." >&2
  exit 1
}

case $1 in
  list)
    grep -v '^#' "$root/po/POTFILES" >"$scratch/is"
    "$root/build-aux/list-translatable.sh" "$root" >"$scratch/should-be"
    diff -u "$scratch/is" "$scratch/should-be" >&2 || mend "po/POTFILES is not the list of files with texts."
    ;;
  catalogues)
    # An old entry in the list is the other check's concern; here it would only hide what matters.
    "$root/build-aux/extract-pot.sh" "$scratch/hearth.pot" "$root"
    for language in $(grep -v '^#' "$root/po/LINGUAS"); do
      po=$root/po/$language.po
      msgfmt --check --output-file=/dev/null "$po" || mend "po/$language.po has mistakes."
      # msgcmp says what is missing, untranslated or fuzzy, and warns of what nobody uses any more.
      msgcmp "$po" "$scratch/hearth.pot" 2>"$scratch/complaints" || :
      if [ -s "$scratch/complaints" ]; then
        sed "s|$root/||; s|$scratch/||" "$scratch/complaints" >&2
        mend "po/$language.po does not match the sources."
      fi
      echo "$language: $(msgfmt --statistics --output-file=/dev/null "$po" 2>&1)"
    done
    ;;
esac
