#!/bin/sh
# extract-pot.sh: the texts of all files in po/POTFILES and of all web pages, as a template. $1: where to write it, $2: source tree
#
# SPDX-License-Identifier: GPL-3.0-or-later

set -eu
output=$1
root=${2:-$(dirname "$0")/..}
pages=$(mktemp)
trap 'rm -f "$pages"' EXIT

# The same words and flags as meson's preset 'glib'
xgettext --directory="$root" --files-from="$root/po/POTFILES" --output="$output" \
  --package-name=hearth --from-code=UTF-8 --add-comments --add-location=file --force-po \
  --keyword=_ --keyword=N_ --keyword=C_:1c,2 --keyword=NC_:1c,2 \
  --keyword=g_dcgettext:2 --keyword=g_dngettext:2,3 --keyword=g_dpgettext2:2c,3 \
  --flag=N_:1:pass-c-format --flag=C_:2:pass-c-format --flag=NC_:2:pass-c-format \
  --flag=g_dngettext:2:pass-c-format --flag=g_strdup_printf:1:c-format \
  --flag=g_string_printf:2:c-format --flag=g_string_append_printf:2:c-format \
  --flag=g_error_new:3:c-format --flag=g_set_error:4:c-format
sed -i 's/charset=CHARSET/charset=UTF-8/' "$output"

find "$root/src" "$root/data" \( -name '*.html' -o -name '*.js' \) \
  -exec "$root/build-aux/page-texts.py" list "$root" {} + >"$pages"
msgcat --use-first --add-location=file --output-file="$output" "$output" "$pages"
