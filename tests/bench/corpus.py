# SPDX-License-Identifier: Apache-2.0
"""corpus.py - documents of a workload, the same in every run

A document is a few stretches of consecutive paragraphs, with names and numbers
that only it may have: of real texts a part of the words is always new, and an
index grows by them. All contents differ. The first line has a word of the
document's own, its token, by which a search shows that it can be found, and one
that all have.
"""

import copy
import random

SEED = "docket 1"
LANGUAGES = {"fr": 39, "en": 29, "es": 15, "ru": 15, "ar": 1, "zh": 1}  # %
EVERYWHERE = "zqeverywhere"  # a word of every document
SYLLABLES = ["ba", "ce", "di", "fo", "gu", "ka", "le", "mi", "no", "pu",
             "ra", "se", "ti", "vo", "zu", "sha", "the", "bri", "gro", "tul"]


class Workload:
    def __init__(self, name, letter, count, size_min, size_max):
        self.name = name
        self.letter = letter
        self.count = count
        self.sizes = (size_min, size_max)  # bytes

    def share(self, part):
        """The same with fewer documents."""
        fewer = copy.copy(self)
        fewer.count = max(1, self.count // part)
        return fewer

    def token(self, number):
        return f"zq{self.letter}{number:06d}x"

    def draft(self, number, texts):
        """(language, text) of a document."""
        chance = random.Random(f"{SEED} {self.name} {number}")
        language, = chance.choices(*zip(*LANGUAGES.items()))
        return language, compose(chance, self.token(number), texts[language],
                                 chance.randint(*self.sizes))

    def make(self, number, texts):
        """(name, bytes) of a document."""
        language, text = self.draft(number, texts)
        return f"{self.letter}{number:06d}-{language}.txt", text.encode()


SMALL = Workload("small", "s", 10_000, 3_000, 5_000)
MIDDLE = Workload("mid", "m", 2_000, 35_000, 65_000)


def make_name(chance):
    """A few of them are frequent and there is no end of rare ones (Zipf)."""
    rank = int(chance.paretovariate(0.9)) % 10**9
    name = ""
    while rank:
        rank, syllable = divmod(rank, len(SYLLABLES))
        name += SYLLABLES[syllable]
    return name.capitalize()


def compose(chance, token, paragraphs, size):
    out = [f"{token} {EVERYWHERE}"]
    while size > 0:
        at = chance.randrange(len(paragraphs))
        for paragraph in paragraphs[at:at + chance.randint(3, 12)]:
            out.append(f"{paragraph}\n{make_name(chance)}, "
                       f"{chance.randrange(100_000)}.")
            size -= len(out[-1].encode()) + 2
            if size <= 0:
                break
    cut = out[-1].encode()
    out[-1] = cut[:len(cut) + size].decode("utf-8", "ignore")
    return "\n\n".join(out) + "\n"


class Corpus:
    """Files of a workload in a folder that is made for them."""

    def __init__(self, workload, texts, folder, first=0):
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.tokens = {}  # by name
        self.size = 0  # bytes
        for number in range(first, first + workload.count):
            name, data = workload.make(number, texts)
            (folder / name).write_bytes(data)
            self.tokens[name] = workload.token(number)
            self.size += len(data)
