# SPDX-License-Identifier: Apache-2.0
"""words.py - texts as bags of words, to be compared"""

import collections
import json
import re
import subprocess
import unicodedata

# Controls of direction, joiners, tatweel: not read.
UNREAD = re.compile("[\u00ad\u0640\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
# Hyphens at line ends go or stay as programs like it.
HYPHENS = re.compile("[-\u2010\u2011]\\s*")
WORD = re.compile(r"\w+")
ARABIC = re.compile("[\u0600-\u06ff]")


def normalise(text):
    text = unicodedata.normalize("NFKC", UNREAD.sub("", text))
    return HYPHENS.sub("", UNREAD.sub("", text)).lower()


def bag(text, is_order_free=False):
    """Words and how often; Arabic ones by their letters, if order is free."""
    words = WORD.findall(normalise(text))
    if is_order_free:
        words = ["".join(sorted(w)) if ARABIC.search(w) else w for w in words]
    return collections.Counter(words)


def share(of, within):
    """How much of one bag is in another; None of an empty one."""
    total = sum(of.values())
    return sum((of & within).values()) / total if total else None


def read_with_docket(docket, path):
    """The record of a document, or the reason why there is none."""
    result = subprocess.run(
        [docket, "parse", "--json", path], capture_output=True, text=True
    )
    if result.returncode == 0:
        return json.loads(result.stdout), None
    return None, result.stderr.strip()
