# SPDX-License-Identifier: Apache-2.0
"""PDF documents: the text as it is read, its structure, and what is refused."""

import hashlib
import json
import os
import pathlib
import subprocess

import pytest

import pdfs

BUILD = pathlib.Path(os.environ["DOCKET_BUILD"]).resolve()
DOCKET = BUILD / "bin" / "docket"
PLUGIN = BUILD / "plugins" / "parser_pdf.so"

pytestmark = pytest.mark.skipif(
    not PLUGIN.exists(), reason="parser_pdf is not built: no libpoppler-private-dev"
)

PROSE = [
    "The ferry at Lund Reach carries forty persons and two carts, and it does",
    "not cross by night. Whoever arrives after the lamp is lit waits at the house",
    "of the keeper, who writes the names into a book that is sent to the registry",
    "at the end of every month, with the tolls.",
]


def run(tmp_path, content):
    path = tmp_path / "dropped.pdf"
    path.write_bytes(content)
    return subprocess.run(
        [DOCKET, "parse", "--json", path],
        capture_output=True, text=True, timeout=120, check=False,
    )


def read(tmp_path, pdf):
    done = run(tmp_path, pdf.build())
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def refuse(tmp_path, content):
    """What docket says of a document that it does not read."""
    done = run(tmp_path, content)
    assert done.returncode == 1
    return done.stderr


def walk(parts):
    for part in parts:
        yield from part["blocks"]
        yield from walk(part["parts"])


def outline(document, *kinds):
    """(kind, text) of the blocks of these kinds, or of all."""
    text = document["text"].encode()
    return [
        (block["kind"], text[block["start"]:block["end"]].decode().strip())
        for block in walk(document["parts"])
        if not kinds or block["kind"] in kinds
    ]


def texts(document, *kinds):
    return [text for _, text in outline(document, *kinds)]


def test_lines_become_paragraphs(tmp_path):
    pdf = pdfs.Pdf().add_page(
        pdfs.lines(70, 100, PROSE) + pdfs.lines(90, 152, ["A new one is indented,"])
    )
    document = read(tmp_path, pdf)
    assert texts(document, "paragraph") == [" ".join(PROSE), "A new one is indented,"]


def test_a_hyphen_goes_where_words_are_broken(tmp_path):
    broken = [
        "The ferry at Lund Reach carries forty persons and two carts, but cros-",
        "ses by day only. Whoever arrives after the lamp is lit must wait at hou-",
        "ses of the village, and the keeper writes the names into a long regis-",
        "ter that goes to the office.",
    ]
    document = read(tmp_path, pdfs.Pdf().add_page(pdfs.lines(70, 100, broken)))
    assert "carts, but crosses by day" in document["text"]
    assert "long register that goes" in document["text"]


def test_columns_are_read_one_after_the_other(tmp_path):
    left = ["In the first column the", "keeper tells of the river", "and of those who crossed",
            "it in the year of floods."]
    right = ["In the second he counts", "the tolls that were paid", "and those that were not",
             "paid to the last penny."]
    pdf = pdfs.Pdf().add_page(pdfs.lines(70, 400, left) + pdfs.lines(300, 400, right))
    text = read(tmp_path, pdf)["text"]
    assert text.index("year of floods") < text.index("In the second")


def test_running_heads_and_page_numbers_do_not_part_a_sentence(tmp_path):
    pdf = pdfs.Pdf()
    for page in (1, 2, 3):
        pdf.add_page(
            pdfs.show(480, 40, "FD/2031/17")
            + pdfs.lines(70, 650, PROSE[:3] if page == 1 else PROSE[3:])
            + pdfs.show(290, 810, str(page))
        )
    document = read(tmp_path, pdf)
    assert " ".join(PROSE) in texts(document, "paragraph")
    lines = texts(document, "line")
    assert lines.count("FD/2031/17") == 2  # on page 1 it is the masthead
    assert {"1", "2", "3"} <= set(lines)


def test_a_footnote_is_tied_to_its_mark(tmp_path):
    pdf = pdfs.Pdf().add_page(
        pdfs.lines(70, 100, PROSE)
        + pdfs.show(70, 152, "As the rules of the river say")
        + pdfs.show(204.5, 148, "3", 6)
        + pdfs.show(210, 152, "nobody is carried for nothing.")
        + pdfs.rule(70, 700, 180, 700)
        + pdfs.show(70, 715, "3 Rules of the Lund, article 9.", 8)
    )
    document = read(tmp_path, pdf)
    assert outline(document, "footnote") == [
        ("footnote", "3 Rules of the Lund, article 9.")
    ]
    [mark] = [m for m in document["marks"] if m["kind"] == "note"]
    assert mark["value"] == "3"
    raised = document["text"].encode()[mark["start"]:mark["end"]].decode()
    assert raised == "[3]"


def test_headings_are_what_stands_out(tmp_path):
    pdf = pdfs.Pdf().add_page(
        pdfs.lines(70, 80, PROSE)
        + pdfs.show(70, 160, "I. Tolls", 11, "B")
        + pdfs.lines(70, 180, PROSE)
    )
    assert texts(read(tmp_path, pdf), "heading") == ["I. Tolls"]


def test_a_table_with_lines_has_cells(tmp_path):
    grid = b"".join(
        pdfs.rule(70, y, 370, y) for y in (300, 320, 340)
    ) + b"".join(pdfs.rule(x, 300, x, 340) for x in (70, 220, 370))
    cells = [("Boat", 80, 314), ("Persons", 230, 314), ("Heron", 80, 334), ("40", 230, 334)]
    pdf = pdfs.Pdf().add_page(
        grid + b"".join(pdfs.show(x, y, t) for t, x, y in cells)
        + pdfs.lines(70, 100, PROSE)
    )
    document = read(tmp_path, pdf)
    assert texts(document, "cell") == ["Boat", "Persons", "Heron", "40"]
    assert len(texts(document, "row")) == 2


ARABIC = {1: "\u0644\u0627", 2: "\u0627", 3: "\u0644", 4: "\u0645", 5: "\u0633",
          6: " ", 7: "\u0628", 8: "\u062a", 9: "\ufeb1"}


def show_arabic(table, codes):
    """Seen from the left: mim, the ligature lam-alef, sin; a space; ba, ta."""
    return pdfs.Pdf().add_coded_font(table).add_page(
        b"".join(pdfs.show_codes(300, y, codes) for y in (200, 260, 320))
    )


def test_arabic_is_in_logical_order_with_its_ligatures(tmp_path):
    text = read(tmp_path, show_arabic(ARABIC, [4, 1, 5, 6, 8, 7]))["text"]
    assert text.splitlines()[0] == "\u0628\u062a \u0633\u0644\u0627\u0645"


def test_ligatures_that_say_their_letters_backwards_are_turned(tmp_path):
    backwards = ARABIC | {1: "\u0627\u0644"}
    text = read(tmp_path, show_arabic(backwards, [4, 1, 5, 6, 8, 7]))["text"]
    assert "\u0633\u0644\u0627\u0645" in text


def test_presentation_forms_become_letters(tmp_path):
    text = read(tmp_path, show_arabic(ARABIC, [4, 1, 9, 6, 8, 7]))["text"]
    assert "\u0633\u0644\u0627\u0645" in text


def test_what_the_file_says_of_itself_is_in_fields(tmp_path):
    pdf = pdfs.Pdf().add_page(pdfs.lines(70, 100, PROSE)).set_info(
        Title="Tolls of the Lund ferry", Author="A. Keeper", Creator="Quill 3",
        CreationDate="D:20310405060708+02'00'",
    )
    document = read(tmp_path, pdf)
    assert document["title"] == "Tolls of the Lund ferry"
    assert document["creators"] == ["A. Keeper"]
    assert document["created"] == "2031-04-05T06:07:08+02:00"
    assert document["generator"] == "Quill 3"
    assert document["pages"] == "1"


def test_the_name_of_a_file_is_no_title(tmp_path):
    pdf = pdfs.Pdf().add_page(pdfs.lines(70, 100, PROSE)).set_info(
        Title="Microsoft Word - tolls final 2.doc"
    )
    assert read(tmp_path, pdf)["title"] is None


def test_an_attachment_is_a_child(tmp_path):
    pdf = pdfs.Pdf().add_page(pdfs.lines(70, 100, PROSE)).attach(
        "tolls.txt", b"Forty persons, two carts.\n"
    )
    digest = hashlib.sha256(b"Forty persons, two carts.\n").hexdigest()
    assert read(tmp_path, pdf)["children"] == ["sha256:" + digest]


def test_a_password_is_a_reason(tmp_path):
    pdf = pdfs.Pdf().add_page(pdfs.lines(70, 100, PROSE)).encrypt()
    assert "(encrypted)" in refuse(tmp_path, pdf.build())


def test_pages_without_text_are_pictures(tmp_path):
    said = refuse(tmp_path, pdfs.Pdf().add_page(b"").add_page(b"").build())
    assert "(unreadable-text)" in said and "pictures" in said


def test_fonts_that_lie_are_found_out(tmp_path):
    shifted = ["".join(chr((ord(c) * 7) % 90 + 33) for c in line) for line in PROSE * 3]
    said = refuse(tmp_path, pdfs.Pdf().add_page(pdfs.lines(70, 100, shifted)).build())
    assert "(unreadable-text)" in said and "fonts" in said


def loop_pages():
    pdf = pdfs.Pdf().add_page(pdfs.lines(70, 100, PROSE))
    pdf.kids.append(pdf.pages)
    return pdf.build()


def point_back():
    content = pdfs.Pdf().add_page(pdfs.lines(70, 100, PROSE)).build()
    start = content.rindex(b"xref\n0")
    return content.replace(b"trailer<<", b"trailer<</Prev %d" % start)


def bomb():
    pdf = pdfs.Pdf()
    body = pdfs.deflated(b"q " * (8 << 20))
    number = pdf.add(body)
    pdf.kids.append(pdf.add(
        b"<</Type/Page/Parent %d 0 R/MediaBox[0 0 9 9]/Contents %d 0 R>>"
        % (pdf.pages, number)
    ))
    return pdf.build()


HOSTILE = {
    "pages that contain themselves": loop_pages,
    "a table that points back to itself": point_back,
    "a thousand million pages": lambda: pdfs.Pdf().add_page(b"").build(10**9),
    "a stream that unpacks to far more": bomb,
    "no page": lambda: pdfs.Pdf().build(),
    "nothing but a head": lambda: b"%PDF-1.7\n",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_has_an_outcome(tmp_path, name):
    done = run(tmp_path, HOSTILE[name]())
    assert done.returncode in (0, 1)
    assert "signal" not in done.stderr


def test_a_file_that_breaks_off_has_an_outcome_wherever_it_does(tmp_path):
    content = pdfs.Pdf().add_page(pdfs.lines(70, 100, PROSE)).build()
    paths = []
    for size in range(1, len(content), 37):
        paths.append(tmp_path / f"{size}.pdf")
        paths[-1].write_bytes(content[:size])
    done = subprocess.run(
        [DOCKET, "parse", "--json", *paths],
        capture_output=True, text=True, timeout=300, check=False,
    )
    assert "signal" not in done.stderr
    refused = done.stderr.count("was not read")
    assert len(done.stdout.splitlines()) + refused == len(paths)
