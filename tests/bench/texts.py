# SPDX-License-Identifier: Apache-2.0
"""texts.py - paragraphs that people wrote, in six languages

They are out of two books that Debian has in many translations. Their packages
are downloaded, not installed: a system may leave out what lies below
/usr/share/doc.
"""

import functools
import gzip
import html
import re
import subprocess
import tarfile
import textwrap

PACKAGES = ["debian-handbook", "installation-guide-amd64"]
PAGES = {  # language: folders of its pages
    "fr": ["debian-handbook/html/fr-FR", "installation-guide-amd64/fr"],
    "en": ["debian-handbook/html/en-US", "installation-guide-amd64/en"],
    "es": ["debian-handbook/html/es-ES", "installation-guide-amd64/es"],
    "ru": ["debian-handbook/html/ru-RU", "installation-guide-amd64/ru"],
    "ar": ["debian-handbook/html/ar-MA"],
    "zh": ["debian-handbook/html/zh-CN", "installation-guide-amd64/zh_CN"],
}
# What is not translated yet is in English: without letters of this kind.
LETTERS = {"ru": "[а-я]", "ar": "[ء-ي]", "zh": "[一-鿿]"}
PARAGRAPH_MIN = 40  # characters; what is shorter is a menu

ALL_OF_IT = r"(?is)<(script|style|head)\b.*?</\1>"
END_OF_PARAGRAPH = r"(?i)</?(p|div|h\d|li|td|tr|pre|dt|dd|br|table)\b[^>]*>"


def strip_html(page):
    page = re.sub(ALL_OF_IT, " ", page)
    page = re.sub(END_OF_PARAGRAPH, "\n\n", page)
    return html.unescape(re.sub(r"<[^>]+>", "", page))


def download(package, folder):
    """The path of its .deb; downloaded once."""
    found = sorted(folder.glob(f"{package}_*.deb"))
    if not found:
        folder.mkdir(parents=True, exist_ok=True)
        apt = subprocess.run(["apt-get", "-qq", "download", package],
                             cwd=folder, capture_output=True, text=True)
        found = sorted(folder.glob(f"{package}_*.deb"))
    if not found:
        raise SystemExit(f"bench: cannot download {package}; "
                         f"apt-get says: {apt.stderr.strip()}")
    return found[-1]


def read_pages(deb):
    """(folder below /usr/share/doc, page), in the order of the package."""
    unpack = subprocess.Popen(["dpkg-deb", "--fsys-tarfile", deb],
                              stdout=subprocess.PIPE)
    with unpack, tarfile.open(fileobj=unpack.stdout, mode="r|") as members:
        for member in members:
            folder, _, name = member.name.rpartition("/")
            if member.isfile() and re.search(r"\.html(\.gz)?$", name):
                data = members.extractfile(member).read()
                if name.endswith(".gz"):
                    data = gzip.decompress(data)
                yield (folder.removeprefix("./usr/share/doc/"),
                       data.decode("utf-8", "replace"))


def is_in(language, paragraph):
    """Has it enough letters of that language's own?"""
    if language not in LETTERS:
        return True
    own = len(re.findall(LETTERS[language], paragraph.lower()))
    return own * 3 > len(paragraph)


def find_paragraphs(language, pages):
    """Each once, in their order, wrapped as a person would."""
    seen = {}
    for page in pages:
        for paragraph in re.split(r"\n\s*\n", strip_html(page)):
            paragraph = " ".join(paragraph.split())
            if len(paragraph) >= PARAGRAPH_MIN and is_in(language, paragraph):
                seen[paragraph] = True
    return [textwrap.fill(paragraph, 78) for paragraph in seen]


@functools.cache
def load(folder):
    """{language: paragraphs}; downloads into folder what is not there."""
    pages = {}
    for package in PACKAGES:
        for place, page in read_pages(download(package, folder)):
            pages.setdefault(place, []).append(page)
    return {
        language: find_paragraphs(
            language, [page for place in places for page in pages[place]])
        for language, places in PAGES.items()
    }
