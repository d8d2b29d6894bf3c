#!/bin/sh
# list-translatable.sh: the files that hold texts for people, sorted, as po/POTFILES must name them
#
# SPDX-License-Identifier: GPL-3.0-or-later

set -eu
cd "${1:-$(dirname "$0")/..}"
export LC_ALL=C

{
  find src nodes -name '*.[ch]' -exec grep -lE '(^|[^A-Za-z0-9_])(_|N_|C_|NC_|ngettext|g_dngettext) ?\(("|$)' {} + || :
  find src ui -name '*.ui' -exec grep -l 'translatable="\(yes\|true\)"' {} + || :
  find data -name '*.desktop.in' -o -name '*.metainfo.xml.in'
} | sort
