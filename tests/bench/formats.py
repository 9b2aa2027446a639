# SPDX-License-Identifier: Apache-2.0
"""formats.py - documents as offices have them: PDF, Word, OpenDocument, HTML

They are made once, by programs that offices use, and kept: from the same texts
as the others, or, as pages of the web, out of the packages that these are from.
Each has a token of its own.
"""

import html
import shutil
import subprocess
import tempfile
import pathlib

import texts as books
from corpus import EVERYWHERE, Workload

BATCH = 50  # documents that LibreOffice converts at a time
HEADING_EVERY = 6  # paragraphs
LIST_EVERY = 9
PAGE_SIZES = range(4_000, 90_000)  # bytes of a web page that is taken
PACKAGES = ["pandoc", "soffice"]


def missing():
    lacks = [name for name in PACKAGES if shutil.which(name) is None]
    return f"{' and '.join(lacks)} not installed" if lacks else None


def as_markdown(text):
    """Paragraphs with headings, lists and emphasis among them."""
    out = []
    for number, paragraph in enumerate(text.split("\n\n")):
        line = " ".join(paragraph.split())
        if number % HEADING_EVERY == 1:
            out.append(f"## {number}. {line[:60]}")
        if number % LIST_EVERY == 4:
            out.append("\n".join(f"- {part.strip()}" for part in
                                 line.split(". ") if part.strip()))
        else:
            words = line.split(" ")
            words[len(words) // 2] = f"**{words[len(words) // 2]}**"
            out.append(" ".join(words))
    return "\n\n".join(out).replace("\\", "")


class Format(Workload):
    """Documents that are files already, in a folder below build/bench."""

    def __init__(self, name, letter, count, *sizes):
        super().__init__(name, letter, count, *sizes)
        self.files = []

    def prepare(self, folder, texts):
        """Make what is not there yet; all of it or nothing."""
        place = folder / self.name
        if not place.exists():
            if lack := missing():
                raise SystemExit(f"bench: {self.name}: {lack}")
            with tempfile.TemporaryDirectory(dir=folder) as work:
                made = pathlib.Path(work) / "made"
                made.mkdir()
                self.fill(made, texts, folder)
                made.rename(place)
        self.files = sorted(place.iterdir())
        self.count = min(self.count, len(self.files))

    def fill(self, made, texts, folder):
        raise NotImplementedError

    def make(self, number, texts):
        file = self.files[number]
        return file.name, file.read_bytes()

    def write_by_pandoc(self, made, number, texts, suffix):
        language, text = self.draft(number, texts)
        name = f"{self.letter}{number:06d}-{language}.{suffix}"
        subprocess.run(
            ["pandoc", "-f", "commonmark", "-t", suffix, "-o", made / name],
            input=as_markdown(text).encode(), check=True)


class Office(Format):
    """DOCX and ODT, half of each."""

    def fill(self, made, texts, folder):
        for number in range(self.count):
            self.write_by_pandoc(made, number, texts,
                                 ("docx", "odt")[number % 2])


class Pdf(Format):
    """PDF as LibreOffice exports it, fonts embedded."""

    def fill(self, made, texts, folder):
        drafts = made.parent / "drafts"
        drafts.mkdir()
        for number in range(self.count):
            self.write_by_pandoc(drafts, number, texts, "docx")
        files = sorted(drafts.iterdir())
        for at in range(0, len(files), BATCH):
            subprocess.run(
                ["soffice", f"-env:UserInstallation=file://{made.parent}/home",
                 "--headless", "--convert-to", "pdf", "--outdir", made,
                 *files[at:at + BATCH]],
                check=True, capture_output=True)


class Html(Format):
    """Pages of two books, with all that stands around their text."""

    def fill(self, made, texts, folder):
        number = 0
        for package in books.PACKAGES:
            for _, page in books.read_pages(books.download(package, folder)):
                at = page.lower().find("</body>")
                if number == self.count or at < 0 or \
                        len(page) not in PAGE_SIZES:
                    continue
                own = f"<p>{self.token(number)} {html.escape(EVERYWHERE)}</p>"
                name = f"{self.letter}{number:06d}.html"
                (made / name).write_text(page[:at] + own + page[at:], "utf-8")
                number += 1


FORMATS = [
    Pdf("pdf", "p", 300, 8_000, 60_000),
    Office("office", "o", 300, 15_000, 45_000),
    Html("html", "h", 2_000, 0, 0),
]
