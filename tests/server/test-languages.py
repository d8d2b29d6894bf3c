#!/usr/bin/env python3
# test-languages.py: our own pages in the language that the browser prefers
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# test-languages.py SERVER_PROGRAM SOURCE_TREE

import gettext
import io
import re
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import wire  # noqa: E402
from wire import Server, equal  # noqa: E402

PROGRAM = sys.argv[1]
ROOT = Path(sys.argv[2])
TOOL = ROOT / "build-aux" / "page-texts.py"

PAGES = ["/", "/api/docs", "/api/pages/status.html", "/api/pages/docs.html", "/api/pages/texts.js"]
PREFERENCES = [
    (None, "en"),
    ("zh-CN,zh;q=0.9,en;q=0.8", "zh-CN"),
    ("zh", "zh-CN"),
    ("ZH-hans", "zh-CN"),
    ("zh-Hans-CN", "zh-CN"),
    ("zh-SG;q=0.9, en-GB;q=0.3", "zh-CN"),
    ("zh-TW", "en"),
    ("zh-TW,zh;q=0.7", "zh-CN"),
    ("en-US,en;q=0.9,zh-CN;q=0.8", "en"),
    ("zh;q=0.1,en;q=0.2", "en"),
    ("en;q=0.1, zh-CN;q=0.2", "zh-CN"),
    ("en;q=0, zh", "zh-CN"),
    ("zh;q=0", "en"),
    ("de-DE, fr;q=0.5", "en"),
    ("de, zh;q=0.1", "zh-CN"),
    ("*", "en"),
    ("*;q=0.5, zh;q=0.8", "zh-CN"),
    ("zh-CN" + ", xx" * 5000, None),  # refused, or a page in one of the two
    (", ,;;q=,=;q=7 zh", None),
    ("../../../etc, zh_CN/texts.js", "en"),
    ('"><script>alert(1)</script>', "en"),
]


def read_catalogue(po=ROOT / "po" / "zh_CN.po"):
    compiled = subprocess.run(["msgfmt", "--output-file=-", po], check=True, capture_output=True).stdout
    return gettext.GNUTranslations(io.BytesIO(compiled))


# --- over the wire -----------------------------------------------------------------------------


def test_preferences():
    with Server(PROGRAM) as server:
        for path in PAGES:
            known = {tag: server.get(path, **{"Accept-Language": tag}).bytes for tag in ("en", "zh-CN")}
            for preference, language in PREFERENCES:
                answer = server.get(path, **({"Accept-Language": preference} if preference else {}))
                if language is None and answer.status != 200:
                    equal(answer.status in (400, 431), True, preference[:40])
                    continue
                equal(answer.status, 200, preference)
                told = answer.headers["Content-Language"]
                equal(told, language or told, f"{path} for {preference}")
                equal(answer.headers["Vary"], "Origin, Accept-Language")
                # Nothing of the header is in the page: it is one of two, to the byte.
                equal(answer.bytes, known[told], f"{path} for {preference}")


def test_etag():
    with Server(PROGRAM) as server:
        english, chinese = (server.get("/", **{"Accept-Language": tag}).headers["ETag"] for tag in ("en", "zh"))
        assert english != chinese
        for etag, language, status in ((english, "en", 304), (chinese, "zh", 304), (english, "zh", 200), (chinese, "en", 200)):
            answer = server.get("/", **{"Accept-Language": language, "If-None-Match": etag})
            equal((answer.status, answer.headers["Vary"]), (status, "Origin, Accept-Language"))


def test_same_in_all():
    with Server(PROGRAM) as server:
        for path in ("/api/pages/page.css", "/api/pages/docs.js", "/api/openapi.json"):
            answer = server.get(path, **{"Accept-Language": "zh-CN"})
            equal((answer.status, answer.headers["Content-Language"], answer.headers["Vary"]), (200, None, "Origin"), path)
        for path in ("/api/pages/zh_CN", "/api/pages/fr.html"):
            equal(server.get(path, **{"Accept-Language": "zh-CN"}).status, 404, path)


def test_catalogue():
    """What the page says is what the catalogue has, wherever the program runs: no locale of the machine is asked."""
    catalogue = read_catalogue()
    marked = re.compile(r'<(\w+)[^>]* translate="yes"[^>]*>(.*?)</\1>', re.DOTALL)
    with Server(PROGRAM, environment={"LC_ALL": "C", "LANGUAGE": "de"}) as server:
        for path in ("/", "/api/docs"):
            english, chinese = (server.get(path, **{"Accept-Language": tag}).text for tag in ("en", "zh"))
            texts = [" ".join(text.split()) for _, text in marked.findall(english)]
            assert texts, path
            equal([text for _, text in marked.findall(chinese)], [catalogue.gettext(text) for text in texts])
            assert '<html lang="en">' in english and '<html lang="zh-CN">' in chinese
        script = server.get("/api/pages/texts.js", **{"Accept-Language": "zh"}).text
        assert f'"Search": "{catalogue.gettext("Search")}"' in script, script


# --- the tool that makes them ------------------------------------------------------------------------


def write(folder, page, translations, name="page.html"):
    """The page in a language with these texts, or what the tool complains of."""
    source = Path(folder, "pages", name)
    source.parent.mkdir(exist_ok=True)
    source.write_text(page)
    po = Path(folder, "zh_CN.po")
    quoted = lambda text: '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'  # noqa: E731
    po.write_text('msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n' + "".join(
        f"\nmsgid {quoted(text)}\nmsgstr {quoted(translated)}\n" for text, translated in translations.items()))
    done = subprocess.run([sys.executable, TOOL, "write", po, folder, source], capture_output=True, text=True)
    return Path(folder, f"{source.stem}.zh_CN{source.suffix}").read_text() if done.returncode == 0 else done.stderr


def test_markup():
    with tempfile.TemporaryDirectory() as folder:
        page = '<p translate="yes">Open\n  <b>this</b></p><input translate="yes" placeholder="Search"><i translate="no">Search</i>'
        equal(write(folder, page, {"Open <b>this</b>": "打开<b>它</b>", "Search": '搜"索'}),
              '<p translate="yes">打开<b>它</b></p><input translate="yes" placeholder="搜&quot;索"><i translate="no">Search</i>')
        equal(write(folder, page, {}), page.replace("\n  ", " "))


def test_no_markup_from_catalogues():
    with tempfile.TemporaryDirectory() as folder:
        for page, text, translated in (
                ('<p translate="yes">Hello</p>', "Hello", "<script>alert(1)</script>"),
                ('<p translate="yes">Hello</p>', "Hello", '<img src=x onerror="alert(1)">'),
                ('<p translate="yes"><a href="/">Go</a></p>', '<a href="/">Go</a>', '<a href="https://evil.example/">Go</a>')):
            complaint = write(folder, page, {text: translated})
            assert "must have the same elements" in complaint, complaint


def test_complaints():
    with tempfile.TemporaryDirectory() as folder:
        assert 'say translate="yes" or "no": Hello' in write(folder, "<div><p>Hello</p></div>", {})
        for call in ("_(`Hello ${name}`)", "_('Hello')", "_(name)"):
            assert "one text in double quotes" in write(folder, f"show({call});", {}, "page.js"), call


if __name__ == "__main__":
    wire.main_of(sys.modules[__name__])
