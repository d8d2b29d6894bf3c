# browser.py: a real Chromium that loads a page, runs its scripts and tells what became of it
#
# SPDX-License-Identifier: GPL-3.0-or-later

import html.parser
import os
import shutil
import subprocess
import tempfile

PROGRAM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)

# What the page's own scripts and timers get, in their time; waiting for the server does not count.
BUDGET_MS = 8000

VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


class Element:
    def __init__(self, name, attributes):
        self.name = name
        self.attributes = attributes
        self.parts = []  # texts and elements

    @property
    def text(self):
        return "".join(part if isinstance(part, str) else part.text for part in self.parts)

    @property
    def hidden(self):
        return "hidden" in self.attributes

    def all(self, name=None, kind=None):
        """Every element below, in order, by tag name and class."""
        found = []
        for part in self.parts:
            if isinstance(part, str):
                continue
            if name in (None, part.name) and (kind is None or kind in part.attributes.get("class", "").split()):
                found.append(part)
            found += part.all(name, kind)
        return found

    def id(self, wanted):
        return next((element for element in self.all() if element.attributes.get("id") == wanted), None)


class Reader(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.open = [Element("", {})]

    def handle_starttag(self, tag, attrs):
        element = Element(tag, dict(attrs))
        self.open[-1].parts.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag):
        while len(self.open) > 1 and tag not in VOID:
            if self.open.pop().name == tag:
                break

    def handle_data(self, data):
        self.open[-1].parts.append(data)


def load(address, language="en"):
    """The page as it is in the end, and what Chromium complained of in its console."""
    with tempfile.TemporaryDirectory(prefix="hearth-browser-") as home:
        # Names in /tmp, where the sandbox of a container may not be had: it is our own page that is loaded.
        done = subprocess.run([PROGRAM, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
                               "--no-first-run", f"--accept-lang={language}", f"--user-data-dir={home}", "--enable-logging=stderr",
                               f"--virtual-time-budget={BUDGET_MS}", "--dump-dom", address],
                              env={**os.environ, "HOME": home}, capture_output=True, text=True, timeout=120, check=True)
    reader = Reader()
    reader.feed(done.stdout)
    return reader.open[0], [line for line in done.stderr.splitlines() if "CONSOLE" in line]
