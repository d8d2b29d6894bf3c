#!/usr/bin/env bash
# test-checks.sh: the checks of texts, manuals, data and examples find what is planted in a copy
#
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck disable=SC2317 # called through their names

set -u
source_root=$1
version=$2
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
status=0
checks=$source_root/build-aux
export LC_ALL=C.UTF-8

# A fresh copy of what the checks read, with one small source of its own
fresh_copy ()
{
  rm -rf "$scratch/copy"
  mkdir -p "$scratch/copy/src/base" "$scratch/copy/nodes" "$scratch/copy/ui"
  cp -r "$source_root/build-aux" "$source_root/data" "$source_root/docs" "$source_root/flatpak" \
    "$source_root/po" "$source_root/NEWS" "$scratch/copy"
  copy=$scratch/copy
  echo 'const char *text = _("Save");' >"$copy/src/base/a.c"
  "$copy/build-aux/list-translatable.sh" "$copy" >"$copy/po/POTFILES"
  "$copy/build-aux/extract-pot.sh" "$copy/hearth.pot" "$copy"
  msgen "$copy/hearth.pot" | sed 's/Language: /Language: zh_CN/' >"$copy/po/zh_CN.po"
}

texts () { "$checks/check-texts.sh" list "$copy"; }
catalogues () { "$checks/check-texts.sh" catalogues "$copy"; }
manual () { "$checks/check-manual.sh" "$version" "$copy/docs/man/hearthctl.1"; }
flatpak () { "$checks/check-flatpak.sh" "$copy/flatpak/io.github.hearthstudio.Hearth.json"; }
news () { "$checks/check-news.py" "$version" "$copy/NEWS" "$copy/data/io.github.hearthstudio.Hearth.metainfo.xml.in"; }
examples () { "$checks/check-examples.py" "$copy/data/examples"; }
schema () { glib-compile-schemas --strict --dry-run "$copy/data"; }

# $1: check, $2: what must be in its complaint, then the command that plants it
finds ()
{
  local check=$1 expected=$2 output
  shift 2
  fresh_copy
  output=$($check 2>&1)
  case $? in
    0) ;;
    77) printf 'skipped %s: %s\n' "$check" "$output"; return ;;
    *) printf 'not ok %s complains without a reason:\n%s\n' "$check" "$output" >&2; status=1; return ;;
  esac
  (cd "$copy" && "$@")
  if output=$($check 2>&1) || [[ $output != *"$expected"* ]]; then
    printf 'not ok %s after %s: expected a complaint with “%s”, got:\n%s\n' "$check" "$*" "$expected" "$output" >&2
    status=1
  else
    printf 'ok %s: %s\n' "$check" "$expected"
  fi
}

welcome=data/examples/demo/workflows/Welcome.json
append () { printf '%s\n' "$1" >>"$2"; }

finds texts "+src/base/b.c" append 'f (_("Open"));' src/base/b.c
finds texts "+ui/a.ui" append '<p translatable="yes">Open</p>' ui/a.ui
finds texts "-src/base/a.c" rm src/base/a.c
finds catalogues "does not match" append 'f (_("Open"));' src/base/a.c
finds catalogues "not used" sed -i 's/_("Save")//' src/base/a.c
finds catalogues "needs to be reviewed" sed -i 's/^msgid "Save"/#, fuzzy\n&/' po/zh_CN.po
finds catalogues "untranslated" sed -i 's/^msgstr "Save"/msgstr ""/' po/zh_CN.po
finds manual "warning" append '.NOSUCHMACRO' docs/man/hearthctl.1
finds manual "does not say Hearth" sed -i 's/"Hearth [0-9.]*"/"Hearth 0.0.0"/' docs/man/hearthctl.1
finds flatpak "Unknown property" sed -i 's/"command"/"comand"/' flatpak/io.github.hearthstudio.Hearth.json
finds flatpak "arse" append '{' flatpak/io.github.hearthstudio.Hearth.json
finds news "NEWS has" sed -i 's/<release version="[^"]*"/<release version="9.9"/' data/io.github.hearthstudio.Hearth.metainfo.xml.in
finds news "does not begin with" sed -i 's/^Hearth [0-9.]* (/Hearth 9.9 (/' NEWS
finds schema "specified range" sed -i 's|<default>3233</default>|<default>70000</default>|' data/io.github.hearthstudio.Hearth.gschema.xml
finds examples "has no no-such-slot" sed -i '0,/"sourceHandle": "name"/s//"sourceHandle": "no-such-slot"/' "$welcome"
finds examples "off the grid" sed -i '0,/"x": 1008/s//"x": 1009/' "$welcome"
finds examples "too close" sed -i '0,/"x": 1008/s//"x": 16/' "$welcome"
finds examples "not in the project" rm data/examples/demo/workflows/Salutation.json

exit $status
