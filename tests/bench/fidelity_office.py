# SPDX-License-Identifier: Apache-2.0
"""fidelity_office.py - are the words of Word and OpenDocument files all there?

Two readers that know nothing of each other are the measure: pandoc and
LibreOffice. A word of ours that neither has is wrong ("% right"); a word that
both have and we have not is lost ("% found"). Words are counted, not only
looked for. LibreOffice's text has the numbers of paragraphs, what it makes of
the same file as OpenDocument has boxes and notes: a word counts as often as it
is in the one or the other. Headers and footers, which neither reader prints,
are compared with the parts that they come from.
"""

import collections
import html
import json
import pathlib
import re
import subprocess
import tempfile
import unicodedata
import zipfile

ENOUGH = 99.5  # %, of all files together
KINDS = (".docx", ".docm", ".odt", ".ott")
# Marks of notes, in brackets with us and pandoc, are not words.
NOTE_MARK = re.compile(r"\[(?:\d{1,3}|[ivxlc]{1,6}|\*+)\]")
# Letters and digits, one by one in scripts without spaces.
WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W_\u3040-\u30ff\u3400-\u9fff]+")


def fold(text):
    text = unicodedata.normalize("NFKC", text)
    return "".join(c for c in text if unicodedata.category(c) not in ("Cf", "Mn"))


def count_words(text):
    return collections.Counter(WORD.findall(fold(NOTE_MARK.sub(" ", text))))


# ---- ours ----


def walk_blocks(parts):
    for part in parts:
        yield from part["blocks"]
        yield from walk_blocks(part["parts"])


def read_ours(docket, path):
    """Words of the text, and of the lines around it."""
    done = subprocess.run([docket, "parse", "--json", path],
                          capture_output=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr.decode(errors="replace").strip())
    document = json.loads(done.stdout)
    text = document["text"].encode()
    blocks = sorted(walk_blocks(document["parts"]), key=lambda b: b["start"])
    prose = [b for b in blocks if b["kind"] != "line"]
    first = prose[0]["start"] if prose else len(text)
    last = max((b["end"] for b in prose), default=0)
    heads = [text[b["start"]:b["end"]].decode() for b in blocks
             if b["kind"] == "line" and (b["end"] <= first or b["start"] >= last)]
    body = text.decode()
    inner = count_words(body) - count_words("\n".join(heads))
    return inner, count_words("\n".join(heads))


# ---- theirs ----


def collect(node, out):
    """The strings of pandoc's tree, with a space where it has one."""
    if isinstance(node, dict):
        kind, content = node.get("t"), node.get("c")
        if kind == "Str":
            out.append(content)
        elif kind in ("Code", "Math", "RawInline"):
            out.append(content[-1])
        elif kind in ("Space", "SoftBreak", "LineBreak"):
            out.append(" ")
        elif kind == "Image":
            return
        elif kind == "Link":
            collect(content[1], out)
        else:
            if kind in ("Para", "Plain", "Header", "Note", "Cell"):
                out.append(" ")
            for value in node.values():
                collect(value, out)
    elif isinstance(node, list):
        if len(node) == 3 and isinstance(node[0], str) and node[1:] and all(
                isinstance(part, list) for part in node[1:]):
            return  # attributes
        for value in node:
            collect(value, out)
        out.append("\n" if node and isinstance(node[0], list) else "")


def read_pandoc(path):
    done = subprocess.run(["pandoc", "-t", "json", path], capture_output=True,
                          check=False)
    if done.returncode:
        return None
    tree = json.loads(done.stdout)
    out = []
    collect(tree["meta"].get("title", {}), out)
    collect(tree["meta"].get("subtitle", {}), out)
    collect(tree["blocks"], out)
    return count_words("".join(out))


def convert(paths, folder, target):
    subprocess.run(["soffice", f"-env:UserInstallation=file://{folder}/profile",
                    "--headless", "--convert-to", target, "--outdir",
                    folder, *paths], capture_output=True, check=False)


SKIPPED = re.compile(r"<(office:annotation|text:deletion|text:tracked-changes|"
                     r"svg:desc|svg:title|text:number|office:forms)\b.*?</\1>",
                     re.DOTALL)
ENDS = re.compile(r"</text:(p|h)>|<text:(s|tab|line-break)\b[^>]*>")


def read_xml_text(data):
    body = data.decode(errors="replace")
    body = body[body.find("<office:text"):]
    body = ENDS.sub(" ", SKIPPED.sub("", body))
    return html.unescape(re.sub(r"<[^>]+>", "", body))


def read_libreoffice(path, folder):
    """The larger count of its plain text and of what it writes as ODT."""
    text = folder / (path.stem + ".txt")
    odt = path if path.suffix == ".odt" else folder / (path.stem + ".odt")
    if not text.is_file() or not odt.is_file():
        return None
    plain = count_words(text.read_text(encoding="utf-8-sig"))
    with zipfile.ZipFile(odt) as file:
        return plain | count_words(read_xml_text(file.read("content.xml")))


def read_heads(path):
    """Words of the parts that headers and footers are in."""
    with zipfile.ZipFile(path) as file:
        names = [name for name in file.namelist()
                 if re.fullmatch(r"word/(header|footer)\d*\.xml|styles\.xml", name)]
        data = b"\n".join(file.read(name) for name in names).decode()
    data = re.sub(r"</w:p>|</text:p>|<w:(tab|br|noBreakHyphen)/>|"
                  r"<text:(s|tab)\b[^>]*>", " ", data)
    return count_words(html.unescape(re.sub(r"<[^>]+>", "", data)))


# ---- the comparison ----


class Score:
    def __init__(self):
        self.ours = self.right = self.agreed = self.found = 0
        self.heads = self.heads_right = 0
        self.wrong = collections.Counter()
        self.lost = collections.Counter()

    def add(self, other):
        for name, value in vars(other).items():
            setattr(self, name, getattr(self, name) + value)

    def rates(self):
        return (100 * self.right / max(self.ours, 1),
                100 * self.found / max(self.agreed, 1),
                100 * self.heads_right / max(self.heads, 1))


def compare(docket, path, folder):
    ours, heads = read_ours(docket, path)
    pandoc, office = read_pandoc(path), read_libreoffice(path, folder)
    if pandoc is None or office is None:
        print(f"{path.name}: read by one of the two only, not judged")
        return None
    score = Score()
    either, both = pandoc | office, pandoc & office
    score.ours, score.right = ours.total(), (ours & either).total()
    score.agreed, score.found = both.total(), (both & ours).total()
    score.heads = heads.total()
    score.heads_right = sum((collections.Counter(set(heads)) &
                             read_heads(path)).values())
    score.heads_right += heads.total() - len(set(heads)) if heads else 0
    score.wrong, score.lost = ours - either, both - ours
    return score


def print_score(name, score):
    ours, theirs, heads = score.rates()
    print(f"{name:58.58} {score.ours:8d} {ours:7.2f} {score.agreed:8d} "
          f"{theirs:7.2f} {score.heads:6d} {heads:7.2f}")


def print_words(score):
    for what, words in ("wrong", score.wrong), ("lost", score.lost):
        if words:
            print(f"    {what}:", ", ".join(
                f"{word} {count}" for word, count in words.most_common(12)))


def list_files(places):
    for place in map(pathlib.Path, places):
        if place.is_dir():
            yield from sorted(p for p in place.rglob("*") if p.suffix in KINDS)
        else:
            yield place


def judge(docket, places, is_listed):
    """Print the table; is all of it good enough?"""
    paths = list(list_files(places))
    total = Score()
    print(f"{'file':58} {'ours':>8} {'% right':>7} {'theirs':>8} {'% found':>7} "
          f"{'heads':>6} {'%':>7}")
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        convert(paths, folder, "txt:Text (encoded):UTF8")
        convert([p for p in paths if p.suffix != ".odt"], folder, "odt")
        for path in paths:
            score = compare(docket, path, folder)
            if not score:
                continue
            total.add(score)
            if is_listed or min(score.rates()[:2]) < ENOUGH:
                print_score(path.name, score)
                print_words(score)
    print_score(f"{len(paths)} files", total)
    return min(total.rates()[:2]) >= ENOUGH
