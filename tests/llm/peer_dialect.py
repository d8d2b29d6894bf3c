# peer_dialect.py: what the services of peer.py have in common that keep a conversation's thoughts signed
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Their models: "parrot" repeats the last text word by word; "thinker" thinks, calls the first tool, and says what the tool
# said, but only to who brings back its signed thought as it was; "strict" takes no temperature; "crowded" says one word
# and is overloaded then; "refuser" refuses.

import json

KEY = "sk-right-key-0123"
MODELS = ["parrot", "thinker", "strict", "crowded", "refuser"]
THOUGHT = "Hm, a tool."
SIGNATURE = "c2lnbmVk"

HANDLERS = {}


class Refusal(Exception):
    def __init__(self, status, kind, words):
        super().__init__(words)
        self.status, self.kind, self.words = status, kind, words


def want(condition, words):
    if not condition:
        raise Refusal(400, "invalid", words)


def check_model(model, has_temperature):
    if model not in MODELS:
        raise Refusal(404, "missing", f"There is no model {model}.")
    want(model != "strict" or not has_temperature, "`temperature` is deprecated for this model. Unsupported: 'temperature'.")


def words_of(text):
    return [word + " " for word in text.split(" ")[:-1]] + [text.split(" ")[-1]]


def guarded(handler, get_key, make_error):
    def handle(call):
        try:
            if get_key(call) != KEY:
                raise Refusal(401, "key", f"{get_key(call)} is no key.")
            handler(call)
        except json.JSONDecodeError:  # the other side has gone in the middle of its question
            call.close_connection = True
        except Refusal as refusal:
            call.answer(refusal.status, make_error(refusal))

    return handle
