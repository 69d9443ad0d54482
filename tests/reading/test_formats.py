"""Each format gives its text in reading order; each file that cannot be read gets its own sentence."""

from __future__ import annotations

import io

import docx as python_docx
import pytest

from lianzhang.kernel.errors import UnreadableDocument
from lianzhang.reading.document import MAX_BYTES, SourceDocument, date_in, headline, open_document
from lianzhang.reading.formats.pdf import joined_lines
from tests.reading.hostile_files import (
    document_xml,
    docx,
    encrypted_flag,
    ole,
    package,
    paragraph,
    pdf,
    understated,
)

REPORT = "2025年上半年全市装备制造业实现营业收入176.88亿元。"


def refusal(data: bytes | str) -> str:
    """The Chinese sentence with which a file is refused; the English one must be there as well."""
    with pytest.raises(UnreadableDocument) as refused:
        open_document(data)
    assert refused.value.remedy is not None
    assert refused.value.say("en").isascii() or "“" in refused.value.say("en")
    return refused.value.say("zh")


# --- text ---------------------------------------------------------------------------------------------


def test_text_keeps_its_characters_and_gets_plain_line_ends() -> None:
    found = open_document(b"\xef\xbb\xbf" + "标题一行\r\n正文，１２亿元。\r".encode(), name="a.bin")
    assert found == SourceDocument("标题一行\n正文，１２亿元。\n", "UTF-8", "txt", "标题一行", None, "a.bin")


def test_pasted_text_needs_no_encoding() -> None:
    found = open_document(f"通报\n{REPORT}\ud800")
    assert (found.format, found.encoding) == ("pasted", "Unicode")
    assert found.text.endswith("\ufffd")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("聊城装备制造业量质齐升\n正文。", "聊城装备制造业量质齐升"),
        ("原標題:聊城連續三年上榜\n正文。", "聊城連續三年上榜"),
        ("本报讯 记者 张三\n正文。", ""),
        (REPORT + "\n第二段。", ""),
        ("只有一行", ""),
    ],
)
def test_a_headline_is_a_short_first_line(text: str, title: str) -> None:
    assert headline(text) == title


# --- web pages ----------------------------------------------------------------------------------------

PAGE = f"""<!-- saved --><!DOCTYPE html><html><head><meta charset="gb2312"><title>产业通报_某网</title>
<meta name="PubDate" content="2025-08-15 09:30"><style>p{{}}</style><script>var secret=1;</script></head>
<body><nav>首页 新闻</nav><ul><li><a>一</a></li><li><a>二</a></li><li><a>三</a></li><li><a>四</a></li></ul>
<div id=main><h1>装备制造业半年报</h1><p>　　{REPORT[:12]}
{REPORT[12:]}</p><p>第一行<br>第二行<span style="display: none">暗文</span></p>
<table><tr><th>县</th><th>亿元</th></tr><tr><td>临清</td><td><b>12</b>.5</td></tr></table>
<ruby>產<rt>chǎn</rt></ruby></div><footer>版权所有</footer></body></html>"""


def test_a_page_gives_its_article_line_by_line() -> None:
    found = open_document(PAGE.encode("gb18030"))
    assert found.text.split("\n") == [
        "装备制造业半年报",
        REPORT,
        "第一行",
        "第二行",
        "县\t亿元",
        "临清\t12.5",
        "產",
    ]
    assert (found.format, found.encoding, found.title) == ("html", "GB18030", "装备制造业半年报")
    assert str(found.published_hint) == "2025-08-15"


def test_an_article_element_leaves_the_rest_behind() -> None:
    page = f"<html><body><h1>题目在外</h1><div>相关推荐</div><article><p>{REPORT}</p></article></body></html>"
    assert open_document(page.encode()).text == f"题目在外\n{REPORT}"


def test_a_page_in_utf16_is_a_page() -> None:
    assert open_document(f"<html><p>{REPORT}</p></html>".encode("utf-16")).text == REPORT


def test_a_page_resolves_no_entity_from_outside() -> None:
    page = f'<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><html><p>{REPORT}&x;</p></html>'
    found = open_document(page.encode())
    assert "root:" not in found.text


def test_a_page_made_by_scripts_is_refused() -> None:
    assert "没有正文" in refusal(b"<html><body><script>draw()</script><div id=app></div></body></html>")


def test_comments_without_end_do_not_hold_up_the_reader() -> None:
    assert open_document(b"<!---->" * 600 + REPORT.encode()).format == "txt"


def test_deep_nesting_is_no_crash() -> None:
    page = "<html><body>" + "<div>" * 50_000 + "</div>" * 50_000 + f"<p>{REPORT}</p>"
    assert "正文" in refusal(page.encode()) or open_document(page.encode()).text


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("2025-08-15T08:00", "2025-08-15"), ("2025年8月", "2025-08"), ("2025-13-01", "None"), ("", "None")],
)
def test_dates_of_the_record_are_periods(text: str, wanted: str) -> None:
    assert str(date_in(text)) == wanted


# --- Word ---------------------------------------------------------------------------------------------


def test_a_word_file_gives_paragraphs_and_tables_in_order() -> None:
    document = python_docx.Document()
    document.core_properties.title = "半年通报"
    document.add_paragraph(REPORT)
    table = document.add_table(2, 2)
    for place, text in enumerate(("县市区", "营业收入", "临清市", "12.5亿元")):
        table.cell(place // 2, place % 2).text = text
    document.add_paragraph("以上数据\t为快报数。")
    kept = io.BytesIO()
    document.save(kept)
    found = open_document(kept.getvalue(), name="通报.txt")
    assert found.text.split("\n") == [REPORT, "县市区\t营业收入", "临清市\t12.5亿元", "以上数据\t为快报数。"]
    assert (found.format, found.title, found.name) == ("docx", "半年通报", "通报.txt")


def test_deleted_hidden_and_doubled_text_stays_out() -> None:
    body = (
        "<w:p><w:r><w:t>增长</w:t></w:r><w:del><w:r><w:delText>5</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>7</w:t></w:r></w:ins><w:r><w:t>%</w:t></w:r>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>暗</w:t></w:r>"
        '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>，明</w:t></w:r></w:p>'
        "<w:tbl><w:tr><w:tc><w:p/><w:tbl><w:tr><w:tc>"
        + paragraph("内一")
        + "</w:tc><w:tc>"
        + paragraph("内二")
        + "</w:tc></w:tr></w:tbl></w:tc><w:tc>"
        + paragraph("外")
        + "</w:tc></w:tr></w:tbl>"
    )
    assert open_document(docx(body)).text == "增长7%，明\n内一 内二\t外"


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (
            docx(prologue='<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>', body=paragraph("&x;")),
            "外部实体",
        ),
        (
            docx(parts={"word/document.xml": '<!DOCTYPE w [<!ENTITY x "y">]><w/>'.encode("utf-16")}),
            "外部实体",
        ),
        (docx(parts={"word/vbaProject.bin": b"x"}), "宏"),
        (docx(parts={f"word/part{n}.xml": b"<x/>" for n in range(1001)}), "上限1000"),
        (docx(parts={"word/document.xml": document_xml("<w:p/>" * 3_000_000)}), "压缩炸弹"),
        (docx(parts={"../../etc/cron.d/x": b"x"}), "不该出现"),
        (docx(parts={"word/media/inner.zip": b"x"}), "不该出现"),
        (docx(parts={"word/embeddings/oleObject1.bin": b"x"}), "不该出现"),
        (docx("<w:p><w:r><w:instrText>DDEAUTO cmd</w:instrText></w:r></w:p>"), "DDE"),
        (encrypted_flag(docx(paragraph("甲"))), "加密"),
        (docx(paragraph(REPORT))[:300], "损坏"),
        (docx(parts={"word/document.xml": b"<w:document"}), "损坏"),
        (docx(), "没有文字"),
        (package([("a.txt", b"x")]), "解压"),
        (package([("xl/workbook.xml", b"x")]), "Excel"),
        (package([("OFD.xml", b"x")]), "OFD"),
        (ole("EncryptedPackage"), "密码"),
        (ole("WordDocument"), ".doc"),
        (ole("Workbook"), ".xls"),
        (ole("Other"), "旧版"),
    ],
)
def test_unsafe_and_foreign_packages_are_named(data: bytes, word: str) -> None:
    assert word in refusal(data)


def test_a_bomb_with_an_understated_size_stays_small() -> None:
    bomb = docx(parts={"word/document.xml": document_xml("<w:p/>" * 3_000_000)})
    assert "损坏" in refusal(understated(bomb, "word/document.xml", 2000))


def test_parts_that_are_not_read_are_not_inflated() -> None:
    found = open_document(
        docx(paragraph(REPORT), parts={"word/media/image1.png": b"\x89PNG" + bytes(900_000)})
    )
    assert found.text == REPORT


# --- PDF ----------------------------------------------------------------------------------------------


def test_a_pdf_gives_sentences_put_together_again() -> None:
    lines = [
        "全市装备制造业发展情况通报",
        "2025年上半年全市装备制造业实现营业收入176.88亿元，同",
        "比增长18.9%。其中工程机械增长",
        "- 1 -",
    ]
    rest = ["明显。", "二、下一步打算继续推进项目建设，争取更大进展。"]
    found = open_document(pdf([lines, rest], title="通报"))
    assert "176.88亿元，同比增长18.9%。" in found.text
    assert "- 1 -" not in found.text
    assert found.text.split("\n")[-1].startswith("二、")
    assert (found.format, found.title) == ("pdf", "通报")


def test_lines_that_end_early_end_their_paragraph() -> None:
    text = "一二三四五六七八九十一二三四五\n六七八九十。\n一二三四五六七八九十甲乙丙丁\n（二）第二条"
    assert joined_lines(text).split("\n") == [
        "一二三四五六七八九十一二三四五六七八九十。",
        "一二三四五六七八九十甲乙丙丁",
        "（二）第二条",
    ]


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (pdf([["机密"]], encrypted=True), "密码"),
        (pdf([[], []]), "没有文字层"),
        (pdf([[]] * 501), "上限500页"),
        (b"%PDF-1.7\nnothing more", "损坏"),
        (pdf([[REPORT]])[:200], "损坏"),
    ],
)
def test_pdf_files_without_text_to_read_are_refused(data: bytes, word: str) -> None:
    assert word in refusal(data)


# --- what is no document ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "0 字节"),
        (b" \r\n\t\xef\xbb\xbf", "没有文字"),
        (" \u3000\n", "没有文字"),
        ("a\0b", "NUL"),
        (b"x" * (MAX_BYTES + 1), "超过上限20 MB"),
        ("产" * 5_000_001, "上限5,000,000字"),
        (b"https://www.example.cn/news/1.html\r\n", "链接"),
        ("www.example.cn/a", "链接"),
        (b"[InternetShortcut]\r\nURL=https://www.example.cn", "链接"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "图片"),
        (b"\xff\xd8\xff\xe0" + bytes(100), "图片"),
        (b"\x7fELF" + bytes(100), "程序"),
        (b"MZ\x90\0" + bytes(100), "程序"),
        (b"{\\rtf1 abc}", "RTF"),
        (b"Rar!\x1a\x07", "压缩包"),
        (b"\x1f\x8b\x08" + bytes(30), "压缩包"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related", "MHTML"),
        (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w/>', "Word 2003"),
    ],
)
def test_each_wrong_file_gets_its_own_sentence(data: bytes | str, word: str) -> None:
    assert word in refusal(data)
