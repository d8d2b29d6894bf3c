# count_words.py: the program behind the node "Count Words"
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# One JSON object comes in; lines of JSON go out.

import json
import re
import sys
from collections import Counter


def say(**line):
    print(json.dumps(line), flush=True)


def main():
    given = json.load(sys.stdin)
    text = given["inputs"].get("text", "")
    least = given["inputs"].get("least", 1)
    if not isinstance(text, str):
        say(error="The text is not a text. Connect one, or write one.")
        return
    if given["config"].get("ignoreCase", True):
        text = text.lower()
    words = re.findall(r"\w+", text)
    counts = {word: count for word, count in Counter(words).most_common() if count >= least}
    for word, count in counts.items():
        say(chunk=f"{word}: {count}\n", output="lines")
    say(output={"counts": counts, "total": len(words)})


main()
