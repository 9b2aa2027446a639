# SPDX-License-Identifier: Apache-2.0
"""PDF files of tests, written by hand: small, and each with one thing in it."""

import zlib

WIDTH, HEIGHT = 595, 842
FOOT = 30
FONTS = {
    "R": b"/Type/Font/Subtype/Type1/BaseFont/Times-Roman/Encoding/WinAnsiEncoding",
    "B": b"/Type/Font/Subtype/Type1/BaseFont/Times-Bold/Encoding/WinAnsiEncoding",
}
PADDING = bytes(range(32))


def escape(text):
    data = text.encode("cp1252")
    return b"(%s)" % b"".join(
        b"\\" + bytes([c]) if c in b"()\\" else bytes([c]) for c in data
    )


def show(x, y, text, size=11, font="R"):
    """A line of text; y is counted from the top."""
    return b"BT /%s %g Tf 1 0 0 1 %g %g Tm %s Tj ET\n" % (
        font.encode(), size, x, HEIGHT - y, escape(text),
    )


def show_codes(x, y, codes, size=14):
    """Glyphs of the font that is called A, by their codes."""
    return b"BT /A %g Tf 1 0 0 1 %g %g Tm <%s> Tj ET\n" % (
        size, x, HEIGHT - y, b"".join(b"%04x" % c for c in codes),
    )


def lines(x, y, texts, size=11, font="R", leading=13):
    return b"".join(
        show(x, y + i * leading, t, size, font) for i, t in enumerate(texts)
    )


def rule(x0, y0, x1, y1):
    return b"0.5 w %g %g m %g %g l S\n" % (x0, HEIGHT - y0, x1, HEIGHT - y1)


def stream(content, extra=b""):
    return b"<</Length %d%s>>stream\n%s\nendstream" % (
        len(content), extra, content,
    )


def deflated(content, extra=b""):
    return stream(zlib.compress(content, 9), b"/Filter/FlateDecode" + extra)


def to_unicode(table):
    """Of a font with codes of two bytes: what each stands for."""
    rows = b"".join(
        b"<%04x><%s>\n" % (code, text.encode("utf-16-be").hex().encode())
        for code, text in table.items()
    )
    return stream(
        b"/CIDInit/ProcSet findresource begin begincmap\n"
        b"1 begincodespacerange<0000><ffff>endcodespacerange\n"
        b"%d beginbfchar\n%sendbfchar\nendcmap end" % (len(table), rows)
    )


class Pdf:
    """Objects, and the table that says where they are."""

    def __init__(self):
        self.objects = []
        self.root = b""
        self.trailer = b""
        self.fonts = b"".join(
            b"/%s %d 0 R" % (name.encode(), self.add(b"<<" + font + b">>"))
            for name, font in FONTS.items()
        )
        self.kids = []
        self.pages = self.add(b"")

    def add(self, content):
        self.objects.append(content)
        return len(self.objects)

    def add_page(self, content, height=HEIGHT, pictures=b""):
        body = self.add(stream(content))
        self.kids.append(self.add(
            b"<</Type/Page/Parent %d 0 R/MediaBox[0 0 %d %d]"
            b"/Resources<</Font<<%s>>/XObject<<%s>>>>/Contents %d 0 R>>"
            % (self.pages, WIDTH, height, self.fonts, pictures, body)
        ))
        return self

    def add_scan(self, width, height, bits, content=b""):
        """A page that is a picture: one deflated bit a pixel, 0 is white.

        There is room for a line of other content below.
        """
        picture = self.add(stream(
            bits,
            b"/Type/XObject/Subtype/Image/Width %d/Height %d/Decode[1 0]"
            b"/BitsPerComponent 1/ColorSpace/DeviceGray/Filter/FlateDecode"
            % (width, height)))
        shown = height * WIDTH // width
        return self.add_page(
            b"q %d 0 0 %d 0 %d cm /P Do Q\n%s" % (WIDTH, shown, FOOT, content),
            shown + FOOT, b"/P %d 0 R" % picture)

    def add_coded_font(self, table):
        """The font called A, whose codes stand for the texts of a table."""
        mapping = b"/ToUnicode %d 0 R" % self.add(to_unicode(table)) if table else b""
        child = self.add(
            b"<</Type/Font/Subtype/CIDFontType2/BaseFont/Made/DW 500"
            b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>"
        )
        font = self.add(
            b"<</Type/Font/Subtype/Type0/BaseFont/Made/Encoding/Identity-H"
            b"/DescendantFonts[%d 0 R]%s>>" % (child, mapping)
        )
        self.fonts += b"/A %d 0 R" % font
        return self

    def set_info(self, **entries):
        body = b"".join(
            b"/%s%s" % (k.encode(), escape(v)) for k, v in entries.items()
        )
        self.trailer += b"/Info %d 0 R" % self.add(b"<<%s>>" % body)
        return self

    def attach(self, name, content):
        file = self.add(stream(content, b"/Type/EmbeddedFile"))
        spec = self.add(b"<</Type/Filespec/F%s/UF%s/EF<</F %d 0 R>>>>"
                        % (escape(name), escape(name), file))
        self.root += b"/Names<</EmbeddedFiles<</Names[%s %d 0 R]>>>>" % (
            escape(name), spec)
        return self

    def encrypt(self):
        """With a password that nobody knows."""
        key = b"".join(b"%02x" % c for c in PADDING)
        number = self.add(b"<</Filter/Standard/V 1/R 2/P -4/O<%s>/U<%s>>>"
                          % (key, key))
        self.trailer += b"/Encrypt %d 0 R/ID[<00><00>]" % number
        return self

    def build(self, count=None):
        kids = b" ".join(b"%d 0 R" % kid for kid in self.kids)
        self.objects[self.pages - 1] = b"<</Type/Pages/Kids[%s]/Count %d>>" % (
            kids, len(self.kids) if count is None else count)
        root = self.add(b"<</Type/Catalog/Pages %d 0 R%s>>"
                        % (self.pages, self.root))
        out = b"%PDF-1.7\n"
        places = []
        for number, content in enumerate(self.objects, 1):
            places.append(len(out))
            out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
        start = len(out)
        out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
        out += b"".join(b"%010d 00000 n \n" % place for place in places)
        return out + (
            b"trailer<</Size %d/Root %d 0 R%s>>\nstartxref\n%d\n%%%%EOF\n"
            % (len(places) + 1, root, self.trailer, start)
        )
