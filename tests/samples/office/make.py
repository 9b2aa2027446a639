#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""make.py - make the office documents beside this file

Two are written here element by element, with what Word alone writes; two are
made by LibreOffice, two by pandoc, from texts that are here. The documents are
kept in the tree: what made them is in no test.
"""

import pathlib
import subprocess
import tempfile
import zipfile

HERE = pathlib.Path(__file__).resolve().parent
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
WPS = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
SPACES = f'xmlns:w="{W}" xmlns:r="{R}" xmlns:mc="{MC}" xmlns:wps="{WPS}"'
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
PACKAGE = "http://schemas.openxmlformats.org/package/2006/"


def p(text, style=None, properties="", runs=""):
    """A paragraph; text is XML within w:t."""
    style = f'<w:pStyle w:val="{style}"/>' if style else ""
    both = f"<w:pPr>{style}{properties}</w:pPr>" if style or properties else ""
    text = f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>' if text else ""
    return f"<w:p>{both}{text}{runs}</w:p>"


def num(number, level=0):
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


def cell(content, properties=""):
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def row(*cells, properties=""):
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def table(*rows):
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def level(number, numerals, pattern, more=""):
    return (f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/>'
            f'<w:numFmt w:val="{numerals}"/>{more}'
            f'<w:lvlText w:val="{pattern}"/></w:lvl>')


def style(name, title, more="", kind="paragraph"):
    return (f'<w:style w:type="{kind}" w:styleId="{name}">'
            f'<w:name w:val="{title}"/>{more}</w:style>')


def relations(*items):
    rows = "".join(
        f'<Relationship Id="{name}" Type="{R}/{kind}" Target="{target}"{more}/>'
        for name, kind, target, more in items)
    return (f'{HEAD}<Relationships xmlns="{PACKAGE}relationships">{rows}'
            "</Relationships>")


def properties(title, creator, created):
    return (f'{HEAD}<cp:coreProperties xmlns:cp="{PACKAGE}metadata/core-properties"'
            ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
            ' xmlns:dcterms="http://purl.org/dc/terms/">'
            f"<dc:title>{title}</dc:title><dc:creator>{creator}</dc:creator>"
            f"<dcterms:created>{created}</dcterms:created></cp:coreProperties>")


def write_package(name, parts):
    """The same bytes each time."""
    with zipfile.ZipFile(HERE / name, "w", zipfile.ZIP_DEFLATED) as file:
        for path, content in parts.items():
            entry = zipfile.ZipInfo(path, (2003, 10, 10, 0, 0, 0))
            stored = path == "mimetype"
            entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            file.writestr(entry, content)


def part(tag, content):
    return f"{HEAD}<w:{tag} {SPACES}>{content}</w:{tag}>"


# ---- a resolution, with all that Word keeps and does not print ----

NOTES = (
    '<w:footnote w:id="-1" w:type="separator"><w:p><w:r><w:separator/></w:r></w:p>'
    "</w:footnote>"
    '<w:footnote w:id="1"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t '
    'xml:space="preserve"> Registry paper 4, para. 2.</w:t></w:r></w:p></w:footnote>'
    '<w:footnote w:id="2"><w:p><w:r><w:t>* Reissued for technical reasons.'
    "</w:t></w:r></w:p></w:footnote>")

RESOLUTION_NUMBERING = (
    '<w:abstractNum w:abstractNumId="0">'
    + level(0, "decimal", "%1.") + level(1, "lowerLetter", "(%2)")
    + level(2, "lowerRoman", "(%3)") + "</w:abstractNum>"
    '<w:abstractNum w:abstractNumId="1">'
    + level(0, "upperRoman", "%1.", '<w:pStyle w:val="Titre1"/>')
    + level(1, "decimal", "%1.%2", '<w:pStyle w:val="Titre2"/><w:isLgl/>')
    + "</w:abstractNum>"
    '<w:abstractNum w:abstractNumId="2">' + level(0, "bullet", "\uf0b7")
    + "</w:abstractNum>"
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="2"/></w:num>'
    '<w:num w:numId="4"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
    '<w:startOverride w:val="1"/></w:lvlOverride></w:num>')

RESOLUTION_STYLES = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal">'
    '<w:name w:val="Normal"/></w:style>'
    + style("Titre1", "heading 1",
            '<w:pPr><w:numPr><w:numId w:val="2"/></w:numPr>'
            '<w:outlineLvl w:val="0"/></w:pPr>')
    + style("Titre2", "heading 2",
            '<w:basedOn w:val="Titre1"/><w:pPr><w:numPr><w:ilvl w:val="1"/>'
            '<w:numId w:val="2"/></w:numPr><w:outlineLvl w:val="1"/></w:pPr>')
    + style("Mine", "Mine", '<w:basedOn w:val="Titre1"/><w:pPr><w:numPr>'
            '<w:numId w:val="0"/></w:numPr></w:pPr>')
    + style("Titel", "Title") + style("Verzeichnis1", "toc 1")
    + style("Secret", "Secret", "<w:rPr><w:vanish/></w:rPr>", "character"))


def run(text, more=""):
    return f'<w:r>{more}<w:t xml:space="preserve">{text}</w:t></w:r>'


def field(code, result):
    return ('<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
            f'<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
            f'{result}<w:r><w:fldChar w:fldCharType="end"/></w:r>')


def make_resolution():
    box = ("<mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing><wps:txbx>"
           "<w:txbxContent>" + p("Boxed remark.")
           + "</w:txbxContent></wps:txbx></w:drawing></mc:Choice>"
           "<mc:Fallback><w:pict><w:txbxContent>" + p("Boxed remark.")
           + "</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent>")
    body = [
        p("Registers of the Harbour Registry", "Titel",
          runs='<w:r><w:footnoteReference w:customMarkFollows="1" w:id="2"/>'
               "<w:t>*</w:t></w:r>"),
        "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val=\"Table of Contents\"/>"
        "</w:docPartObj></w:sdtPr><w:sdtContent>"
        + p("", "Verzeichnis1", runs='<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
            "<w:r><w:instrText> TOC \\o </w:instrText></w:r>"
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
            + run("I. Purpose") + "<w:r><w:tab/></w:r>" + run("1"))
        + p("", "Verzeichnis1", runs=run("II. Means") + "<w:r><w:tab/></w:r>"
            + run("2") + '<w:r><w:fldChar w:fldCharType="end"/></w:r>')
        + "</w:sdtContent></w:sdt>",
        p("The Harbour Registry,", runs="<w:r>" + box + "</w:r>"),
        p("Purpose", "Titre1"),
        p("Decides that each register has", properties=num(1),
          runs='<w:del w:id="9"><w:r><w:delText xml:space="preserve"> no</w:delText></w:r>'
               "</w:del>" + '<w:ins w:id="8">' + run(" one") + "</w:ins>"
               + run(" keeper;") + '<w:r><w:footnoteReference w:id="1"/></w:r>'),
        p("Requests the keepers:", properties=num(1)),
        p("To count pages", properties=num(1, 1),
          runs=run(" in secret", '<w:rPr><w:rStyle w:val="Secret"/></w:rPr>') + run(";")),
        p("To sign them:", properties=num(1, 1)),
        p("in ink;", properties=num(1, 2)),
        p("in full;", properties=num(1, 2)),
        p("To lock them away;", properties=num(1, 1)),
        p("Means", "Titre1"),
        p("Money", "Titre2"),
        p("Approves a sum of", properties=num(1),
          runs="<w:r><w:br/></w:r>" + run("40 000 thalers;")),
        p("Rooms", "Titre2"),
        p("Encourages:", properties=num(1)),
        p("light;", properties=num(3)),
        p("air.", properties=num(3)),
        p("Annex", "Mine"),
        p("A first rule.", properties=num(4)),
        p("A second", properties=num(4) + "<w:rPr><w:del w:id=\"7\"/></w:rPr>"),
        p(" rule.", properties=num(4)),
        table(
            row(cell(p("Register")), cell(p("Pages"), '<w:gridSpan w:val="2"/>'),
                cell(p("Keeper"))),
            row(cell(p("Ships"), '<w:vMerge w:val="restart"/>'), cell(p("12")),
                cell(p("13")), cell(p("A. Lund") + p("B. Moe"))),
            row(cell(p(""), "<w:vMerge/>"), cell(p("14")), cell(p("")), cell(p("C. Ek"))),
            row(cell(p("Gone")), properties="<w:del w:id=\"6\"/>")),
        p("", runs=run("See ") + '<w:hyperlink r:id="rId9">'
          + run("the registry’s page") + "</w:hyperlink>" + run(" or ")
          + field('HYPERLINK "https://harbour.example/b?x=1&amp;y=2"', run("the other"))
          + run(".")),
        '<w:p><w:r><w:commentReference w:id="0"/></w:r></w:p>',
        '<w:sectPr><w:headerReference w:type="default" r:id="rId5"/>'
        '<w:headerReference w:type="first" r:id="rId6"/>'
        '<w:footerReference w:type="default" r:id="rId7"/></w:sectPr>',
    ]
    write_package("resolution-en.docx", {
        "[Content_Types].xml": HEAD + f'<Types xmlns="{PACKAGE}content-types"/>',
        "_rels/.rels": relations(("rId1", "officeDocument", "word/document.xml", "")),
        "docProps/core.xml": properties("Template", "A. Lund", "2003-10-10T08:00:00Z"),
        "word/document.xml": part("document", "<w:body>" + "".join(body) + "</w:body>"),
        "word/styles.xml": part("styles", RESOLUTION_STYLES),
        "word/numbering.xml": part("numbering", RESOLUTION_NUMBERING),
        "word/footnotes.xml": part("footnotes", NOTES),
        "word/comments.xml": part("comments", '<w:comment w:id="0">' + p("Why?")
                                  + "</w:comment>"),
        "word/header1.xml": part("hdr", p("HR/2003/7")),
        "word/header2.xml": part("hdr", p("Harbour Registry") + p("HR/2003/7")),
        "word/footer1.xml": part("ftr", p("", runs=field("PAGE", run("3")))
                                 + p("Please recycle")),
        "word/_rels/document.xml.rels": relations(
            ("rId1", "styles", "styles.xml", ""),
            ("rId2", "numbering", "numbering.xml", ""),
            ("rId3", "footnotes", "footnotes.xml", ""),
            ("rId4", "comments", "comments.xml", ""),
            ("rId5", "header", "header1.xml", ""),
            ("rId6", "header", "header2.xml", ""),
            ("rId7", "footer", "footer1.xml", ""),
            ("rId9", "hyperlink", "https://harbour.example/a",
             ' TargetMode="External"')),
    })


# ---- a letter in Arabic: direction, abjad, pages, endnotes ----


def make_letter():
    bidi = "<w:bidi/>"
    abjad = ('<w:abstractNum w:abstractNumId="0">' + level(0, "arabicAbjad", "(%1)")
             + "</w:abstractNum>"
             '<w:abstractNum w:abstractNumId="1">' + level(0, "decimal", "%1-")
             + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
             '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>')
    rtl = "<w:rPr><w:rtl/></w:rPr>"
    page = "<w:r><w:lastRenderedPageBreak/>"
    body = [
        p("سعادة الأمين،", properties=bidi),
        p("أتشرف بأن أحيل إليكم ما يلي:", properties=bidi + num(2)),
        p("سجل السفن؛", properties=bidi + num(1)),
        p("سجل الموانئ؛", properties=bidi + num(1)),
        p("سجل المنارات.", properties=bidi + num(1)),
        p("", properties=bidi + num(2), runs=run("وقد أُعد السجل الأول في عام ", rtl)
          + run("2003") + run(" في المرفأ", rtl)
          + '<w:r><w:endnoteReference w:id="1"/></w:r>' + run(".", rtl)),
        "<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p>",
        f"<w:p><w:pPr>{bidi}<w:outlineLvl w:val=\"0\"/></w:pPr>{page}<w:t>المرفق الأول</w:t>"
        "</w:r></w:p>",
        f"<w:p><w:pPr>{bidi}</w:pPr><w:r><w:t xml:space=\"preserve\">هذا نص المرفق </w:t></w:r>"
        f"{page}<w:t>وتتمته.</w:t></w:r></w:p>",
        p("انتهى", properties=bidi),
    ]
    write_package("letter-ar.docx", {
        "[Content_Types].xml": HEAD + f'<Types xmlns="{PACKAGE}content-types"/>',
        "_rels/.rels": relations(("rId1", "officeDocument", "/word/letter.xml", "")),
        "word/letter.xml": part("document", "<w:body>" + "".join(body) + "</w:body>"),
        "word/numbering.xml": part("numbering", abjad),
        "word/endnotes.xml": part("endnotes", '<w:endnote w:id="1">'
                                  + p("انظر السجل القديم.") + "</w:endnote>"),
        "word/_rels/letter.xml.rels": relations(
            ("rId1", "numbering", "numbering.xml", ""),
            ("rId2", "endnotes", "endnotes.xml", "")),
        # Word's own name, by which the type is known.
        "word/document.xml.note": "word/document.xml",
    })


# ---- LibreOffice: from flat OpenDocument ----

OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
FLAT_SPACES = " ".join(
    f'xmlns:{name}="{OASIS}{address}:1.0"' for name, address in (
        ("office", "office"), ("text", "text"), ("style", "style"),
        ("table", "table"), ("draw", "drawing"), ("fo", "xsl-fo-compatible"),
        ("meta", "meta"), ("svg", "svg-compatible"))
) + ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink"'


def flat_level(number, example, prefix, suffix, more="", tag="list-level-style-number"):
    return (f'<text:{tag} text:level="{number}" style:num-format="{example}" '
            f'style:num-prefix="{prefix}" style:num-suffix="{suffix}"{more}/>')


def make_flat(meta, styles, automatic, master, text):
    return (f'{HEAD}<office:document {FLAT_SPACES} office:version="1.3" '
            'office:mimetype="application/vnd.oasis.opendocument.text">'
            f"<office:meta>{meta}</office:meta><office:styles>{styles}</office:styles>"
            f"<office:automatic-styles>{automatic}<style:page-layout style:name=\"L\">"
            "<style:header-style/><style:footer-style/></style:page-layout>"
            "</office:automatic-styles><office:master-styles>"
            f'<style:master-page style:name="Standard" style:page-layout-name="L">{master}'
            "</style:master-page></office:master-styles>"
            f"<office:body><office:text>{text}</office:text></office:body></office:document>")


def convert(source, name):
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        flat = folder / (pathlib.Path(name).stem + ".fodt")
        flat.write_text(source, encoding="utf-8")
        subprocess.run(["soffice", f"-env:UserInstallation=file://{folder}/p", "--headless",
                        "--convert-to", name.rsplit(".", 1)[1], "--outdir", HERE, flat],
                       check=True, capture_output=True)


def items(*texts):
    return "".join(f"<text:list-item><text:p>{t}</text:p></text:list-item>" for t in texts)


def make_rules():
    outline = ('<text:outline-style style:name="Outline">'
               + flat_level(1, "一, 二, 三, ...", "第", "章", tag="outline-level-style")
               + flat_level(2, "1", "", ".", ' text:display-levels="1"',
                            tag="outline-level-style")
               + "</text:outline-style>")
    styles = outline + "".join(
        f'<style:style style:name="Heading_20_{n}" style:display-name="Heading {n}" '
        f'style:family="paragraph" style:default-outline-level="{n}"/>' for n in (1, 2))
    automatic = ('<text:list-style style:name="LA">' + flat_level(1, "1", "(", ")")
                 + flat_level(2, "①, ②, ③, ...", "", "") + "</text:list-style>")
    text = (
        '<text:h text:style-name="Heading_20_1" text:outline-level="1">总则</text:h>'
        "<text:p>本规则适用于港口登记处。</text:p>"
        '<text:list text:style-name="LA"><text:list-item><text:p>登记员保管登记册；</text:p>'
        "<text:list>" + items("船舶登记册；", "灯塔登记册；") + "</text:list></text:list-item>"
        + items("登记册每年清点。") + "</text:list>"
        '<text:h text:style-name="Heading_20_1" text:outline-level="1">经费</text:h>'
        '<text:h text:style-name="Heading_20_2" text:outline-level="2">预算</text:h>'
        '<table:table table:name="T"><table:table-column table:number-columns-repeated="3"/>'
        '<table:table-row><table:table-cell table:number-columns-spanned="2"><text:p>项目</text:p>'
        "</table:table-cell><table:covered-table-cell/><table:table-cell><text:p>金额</text:p>"
        "</table:table-cell></table:table-row>"
        "<table:table-row><table:table-cell><text:p>墨水</text:p></table:table-cell>"
        "<table:table-cell><text:p>黑色</text:p></table:table-cell>"
        "<table:table-cell><text:p>四十</text:p></table:table-cell></table:table-row></table:table>"
        '<text:p>经费由秘书长核定。<text:note text:id="n1" text:note-class="footnote">'
        "<text:note-citation>1</text:note-citation><text:note-body><text:p>见第3号文件。</text:p>"
        "</text:note-body></text:note>余额结转。</text:p>")
    return make_flat("<dc:title>港口登记处规则</dc:title>", styles, automatic,
                     "<style:header><text:p>港口登记处</text:p></style:header>", text)


def make_minutes():
    automatic = (
        '<text:list-style style:name="LN">' + flat_level(1, "1", "", ".")
        + flat_level(2, "a", "", ")") + "</text:list-style>"
        '<text:list-style style:name="LB"><text:list-level-style-bullet text:level="1" '
        'text:bullet-char="–"/></text:list-style>'
        '<style:style style:name="Hid" style:family="text">'
        '<style:text-properties text:display="none"/></style:style>')
    text = (
        "<text:tracked-changes><text:changed-region xml:id=\"c1\" text:id=\"c1\"><text:deletion>"
        "<office:change-info><dc:creator>X</dc:creator><dc:date>2003-10-10T00:00:00</dc:date>"
        "</office:change-info><text:p>не </text:p></text:deletion></text:changed-region>"
        "</text:tracked-changes>"
        '<text:p text:style-name="Title">Протокол совещания хранителей</text:p>'
        '<text:list text:style-name="LN">'
        + items("Совещание открыл г-н Лунд.", "Были рассмотрены вопросы:") + "</text:list>"
        '<text:list text:style-name="LN" text:continue-numbering="true"><text:list-item><text:list>'
        + items("о чернилах;", "о замках.") + "</text:list></text:list-item></text:list>"
        "<text:p>Обсуждение длилось<text:change text:change-id=\"c1\"/> три часа"
        '<text:span text:style-name="Hid"> и один день</text:span>.</text:p>'
        '<text:list text:style-name="LN" text:continue-numbering="true">'
        + items("Решено:") + "</text:list>"
        '<text:list text:style-name="LB">' + items("купить чернила;", "сменить замки.")
        + "</text:list>"
        '<text:p>См. <text:a xlink:type="simple" xlink:href="https://harbour.example/r">'
        "страницу реестра</text:a>.</text:p>"
        '<text:h text:outline-level="1">Подписи</text:h>'
        "<text:p>А. Лунд<text:line-break/>Б. Му<office:annotation><dc:creator>X</dc:creator>"
        "<text:p>Проверить</text:p></office:annotation></text:p>")
    return make_flat("<meta:initial-creator>А. Лунд</meta:initial-creator>",
                     '<style:style style:name="Title" style:family="paragraph"/>', automatic,
                     "<style:header><text:p>HR/2003/PV.1</text:p></style:header><style:footer>"
                     "<text:p>Стр. <text:page-number>1</text:page-number></text:p></style:footer>",
                     text)


# ---- pandoc ----

REPORT = """\
---
title: Rapport du Registre du port
author: A. Lund
---

# Introduction

Le Registre du port tient trois livres[^1] :

1. le livre des navires ;
2. le livre des phares ;

    a. de jour ;
    b. de nuit ;

3. le livre des quais.

## Moyens

Voir [le site](https://harbour.example/f).

| Livre   | Pages |
|---------|-------|
| Navires | 12    |
| Phares  | 40    |

- encre ;
- papier.

# Conclusion

Le rapport est soumis pour décision.

[^1]: Chacun a son gardien.
"""

INFORME = """\
# Antecedentes

El Registro del puerto llevó dos libros.

# Medidas

Se pide a los guardianes:

(a) que cuenten las páginas;
(b) que firmen.

> Cita del reglamento.

Fin.[^a]

[^a]: Véase el reglamento, art. 4.
"""


def make_by_pandoc(source, name):
    subprocess.run(["pandoc", "-f", "markdown", "-o", HERE / name], input=source,
                   text=True, check=True,
                   env={"SOURCE_DATE_EPOCH": "1065744000", "PATH": "/usr/bin:/bin"})


def main():
    make_resolution()
    make_letter()
    convert(make_rules(), "rules-zh.odt")
    convert(make_minutes(), "minutes-ru.docx")
    make_by_pandoc(REPORT, "report-fr.docx")
    make_by_pandoc(INFORME, "informe-es.odt")


if __name__ == "__main__":
    main()
