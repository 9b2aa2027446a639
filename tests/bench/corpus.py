# SPDX-License-Identifier: Apache-2.0
"""corpus.py - documents of a workload, the same in every run

A document is a few stretches of consecutive paragraphs, with names and numbers
that only it may have: of real texts a part of the words is always new, and an
index grows by them. All contents differ. The first line has a word of the
document's own, its token, by which a search shows that it can be found, and one
that all have.
"""

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
        return Workload(self.name, self.letter, max(1, self.count // part),
                        *self.sizes)


SMALL = Workload("small", "s", 10_000, 3_000, 5_000)
MIDDLE = Workload("mid", "m", 2_000, 35_000, 65_000)
WORKLOADS = {workload.name: workload for workload in (SMALL, MIDDLE)}


class Document:
    def __init__(self, workload, number, texts):
        chance = random.Random(f"{SEED} {workload.name} {number}")
        language, = chance.choices(*zip(*LANGUAGES.items()))
        self.token = f"zq{workload.letter}{number:06d}x"
        self.name = f"{workload.letter}{number:06d}-{language}.txt"
        self.text = compose(chance, self.token, texts[language],
                            chance.randint(*workload.sizes))


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
            document = Document(workload, number, texts)
            data = document.text.encode()
            (folder / document.name).write_bytes(data)
            self.tokens[document.name] = document.token
            self.size += len(data)
