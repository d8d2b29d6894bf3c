#!/usr/bin/env python3
# page-texts.py: what web pages and their scripts say: lists it for the catalogues, and puts a language's texts in
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# page-texts.py list ROOT FILE…             a catalogue of the texts, for extract-pot.sh
# page-texts.py write PO FOLDER FILE…       FILE.<language>.<ending> of every page below src/server/pages
#
# In markup a text is an element with translate="yes", with the elements in it; its attributes
# aria-label, placeholder and title are texts too. In scripts it is _("…").

import argparse
import gettext
import html.parser
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

MARKED = re.compile(r'(<(\w+)\b[^>]*\btranslate="yes"[^>]*>)(.*?)(?=</\2>)', re.DOTALL)
OPENING = re.compile(r'<\w+\b[^>]*\btranslate="yes"[^>]*>')
ATTRIBUTE = re.compile(r'(\b(?:aria-label|placeholder|title)=")([^"]+)(")')
CALL = re.compile(r'(?<![\w$.])_\((?!\))("(?:[^"\\\n]|\\.)*")?')
PLACEHOLDER = re.compile(r"__[A-Z_]+__")
TAG = re.compile(r"<[^>]*>?")
# Where texts.js gets those of a language
NO_TEXTS = "const texts = {};\n"


def plain(text):
    """A text of several lines as one: in markup that is the same."""
    return " ".join(text.split())


# --- what pages say --------------------------------------------------------------------------


class Unmarked(html.parser.HTMLParser):
    """Texts that stand in no element which says whether to translate it."""

    def __init__(self):
        super().__init__()
        self.open = []
        self.found = []

    def handle_starttag(self, tag, attrs):
        if tag not in ("meta", "link", "input", "img", "br"):
            self.open.append("translate" in dict(attrs) or tag in ("script", "style") or (self.open or [False])[-1])

    def handle_endtag(self, tag):
        self.open.pop()

    def handle_data(self, data):
        if data.strip() and not PLACEHOLDER.fullmatch(data.strip()) and not (self.open and self.open[-1]):
            self.found.append(plain(data))


def change_markup(source, change):
    """@source with every text replaced by what @change makes of it."""

    def change_attributes(tag):
        return ATTRIBUTE.sub(lambda found: found[1] + change(found[2]).replace('"', "&quot;") + found[3], tag)

    source = MARKED.sub(lambda found: found[1] + (change(plain(found[3])) if found[3].strip() else found[3]), source)
    return OPENING.sub(lambda found: change_attributes(found[0]), source)


def list_texts(path):
    """The texts of a file, in order. Complains of those that no catalogue could hold."""
    source = path.read_text(encoding="utf-8")
    texts = []
    if path.suffix == ".html":
        reader = Unmarked()
        reader.feed(source)
        if reader.found:
            sys.exit(f'{path}: say translate="yes" or "no": {", ".join(reader.found)}')
        change_markup(source, lambda text: texts.append(text) or text)
    for call in CALL.finditer(source):
        if call[1] is None:
            line = source.count("\n", 0, call.start()) + 1
            sys.exit(f"{path}:{line}: _() takes one text in double quotes, and fill() puts values into it.")
        texts.append(json.loads(call[1]))
    return list(dict.fromkeys(texts))


def print_catalogue(root, paths):
    print('msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"')
    places = {}
    for path in sorted(paths):
        for text in list_texts(path):
            places.setdefault(text, []).append(path.relative_to(root).as_posix())
    for text, found in places.items():
        flag = "\n#, c-format" if "%s" in text else ""
        print(f'\n#: {" ".join(found)}{flag}\nmsgid {json.dumps(text, ensure_ascii=False)}\nmsgstr ""')


# --- a language ------------------------------------------------------------------------------


def read_catalogue(po):
    with tempfile.TemporaryFile() as compiled:
        subprocess.run(["msgfmt", "--output-file=-", po], stdout=compiled, check=True)
        compiled.seek(0)
        return gettext.GNUTranslations(compiled)


def translate(catalogue, text):
    translated = catalogue.gettext(text)
    if sorted(TAG.findall(text)) != sorted(TAG.findall(translated)):
        sys.exit(f"The translation of “{text}” must have the same elements: “{translated}”")
    return translated


def write_language(po, folder, paths):
    catalogue = read_catalogue(po)
    own = [path for path in paths if path.parent.name == "pages"]
    texts = {text: translate(catalogue, text) for path in paths for text in list_texts(path)}
    for path in own:
        source = path.read_text(encoding="utf-8")
        if path.suffix == ".html":
            language = po.stem.replace("_", "-")
            source = source.replace('<html lang="en">', f'<html lang="{language}">')
            source = change_markup(source, texts.get)
        elif NO_TEXTS in source:
            source = source.replace(NO_TEXTS, f"const texts = {json.dumps(texts, ensure_ascii=False, indent=2)};\n")
        else:
            continue
        (folder / f"{path.stem}.{po.stem}{path.suffix}").write_text(source, encoding="utf-8")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("command", choices=["list", "write"])
    parser.add_argument("paths", nargs="+", type=Path)
    arguments = parser.parse_args()
    if arguments.command == "list":
        root, *paths = arguments.paths
        print_catalogue(root, paths)
    else:
        po, folder, *paths = arguments.paths
        write_language(po, folder, paths)


if __name__ == "__main__":
    main()
