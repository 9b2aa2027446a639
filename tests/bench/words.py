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
# The marks of footnotes are no part of the word before them.
RAISED = re.compile("([\u2070\u00b9\u00b2\u00b3\u2074-\u2079]+)")
WORD = re.compile(r"\w+")
# Vowel signs, which some programs put a space before.
MARKS = re.compile("\\s*[\u064b-\u065f\u0670]")
PARTS = re.compile(r"[^\W\d]+|\d+")


def normalise(text):
    text = RAISED.sub(r" \1 ", UNREAD.sub("", text))
    text = unicodedata.normalize("NFKC", text)
    return HYPHENS.sub("", UNREAD.sub("", text)).lower()


def is_vocalised(text):
    """Are vowel signs written in Arabic, as in a prayer book?"""
    letters = len(re.findall("[\u0620-\u064a]", text))
    return len(re.findall("[\u064b-\u0650]", text)) > letters / 20


def bag(text):
    """Words and how often."""
    return collections.Counter(WORD.findall(normalise(text)))


def bag_of_letters(text):
    """The same of Arabic, where the order in a word is not to be trusted."""
    parts = PARTS.findall(normalise(MARKS.sub("", text)))
    return collections.Counter("".join(sorted(part)) for part in parts)


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
