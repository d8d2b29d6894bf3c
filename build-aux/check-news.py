#!/usr/bin/env python3
# check-news.py: NEWS, the metainfo and the project name the same releases
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# check-news.py VERSION NEWS METAINFO

import re
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path


def main(version, news, metainfo):
    in_news = re.findall(r"^Hearth (\S+) \((\d{4}-\d\d-\d\d)\)\n=+$", Path(news).read_text(encoding="utf-8"), re.M)
    releases = ElementTree.parse(metainfo).getroot().iter("release")
    in_metainfo = [(release.get("version"), release.get("date")) for release in releases]
    problems = []
    if in_news != in_metainfo:
        problems.append(f"NEWS has {in_news}, the metainfo {in_metainfo}")
    if not in_news or in_news[0][0] != version:
        problems.append(f"NEWS does not begin with {version}, the version in meson.build")
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
