"""report.html: complete, self-contained, escaped, masked."""

import re
from datetime import datetime
from html.parser import HTMLParser
from typing import Any

import pytest

from tests.unit.compliance_facts import NOW, make_facts, make_post, photo
from wajo_studio.compliance.facts import FieldFact, PostFacts, TemplateFacts
from wajo_studio.compliance.report import ReportContext, ReportFile, ReportText, render_report
from wajo_studio.compliance.rules import load_rules
from wajo_studio.compliance.runner import run_checks
from wajo_studio.domain.brand import Palette

PALETTE = Palette(
    primary="#0E4D3A",
    accent="#E3A008",
    paper="#FBF7EE",
    ink="#12261E",
    alert="#A3262A",
    education="#1F5F8B",
)
LABELS = {"instagram.feed": "Instagram Feed", "x.post": "X Post"}
VOID = {"meta", "br", "img", "path", "rect", "circle", "link"}


class Outline(HTMLParser):
    """Collects what a page holds and whether its tags are closed in order."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.attributes: list[tuple[str, str, str | None]] = []
        self.words: list[str] = []
        self.feed(page)
        self.close()

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes += [(tag, name, value) for name, value in attrs]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes += [(tag, name, value) for name, value in attrs]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.words.append(data)


def page(facts: PostFacts, **changes: Any) -> Outline:
    values: dict[str, Any] = {
        "government": "Pemerintah Kabupaten Wajo",
        "agency": facts.agency,
        "palette": PALETTE,
        "post": facts.post,
        "template_name": "Pengumuman layanan",
        "labels": LABELS,
        "made_at": NOW,
        "rules": load_rules(),
        "check": run_checks(facts, load_rules()),
    }
    outline = Outline(render_report(ReportContext(**{**values, **changes})))
    assert outline.open == []
    return outline


def file(**changes: Any) -> ReportFile:
    values: dict[str, Any] = {
        "path": "x.post/01.jpg",
        "placements": ("x.post",),
        "kind": "image",
        "role": "item",
        "width": 1600,
        "height": 900,
        "size_bytes": 412_345,
        "sha256": "0123456789abcdef" * 4,
    }
    return ReportFile(**{**values, **changes})


def test_it_names_post_agency_time_and_placements() -> None:
    text = page(make_facts()).text
    for words in (
        "Layanan keliling",
        "Dinas Komunikasi",
        "Pemerintah Kabupaten Wajo",
        "Selasa, 24 November 2026 09.00 WITA",
        "Instagram Feed · X Post",
        "Pengumuman layanan",
        "2026.1",
    ):
        assert words in text


def test_a_finding_says_what_why_what_to_do_and_where_it_comes_from() -> None:
    fields = (FieldFact("judul", "Judul", required=True, filled=False),)
    facts = make_facts(template=TemplateFacts("t", "T", fields))
    finding = run_checks(facts, load_rules()).findings[0]
    text = page(facts).text
    rule = load_rules().rules["field-required"]
    for words in (rule.title, finding.message, finding.detail, finding.fix, finding.source):
        assert str(words) in text


def test_statements_waivers_and_unchecked_rules_are_listed() -> None:
    at = datetime(2026, 11, 23, 8, 30, tzinfo=NOW.tzinfo)
    post = make_post(
        information_class=None,
        media=[{"id": "foto1", "path": "media/a.jpg", "consent": True}],
        attestations={"photo-rights-attest": {"by": "Andi Tenri", "at": at, "role": "admin"}},
        waivers={"field-required": {"by": "Baso", "at": at, "role": "kepala", "reason": "Darurat"}},
    )
    facts = make_facts(
        post,
        template=TemplateFacts("t", "T", (FieldFact("judul", "Judul", True, False),)),
        media={"foto1": photo()},
        uses={"foto1": ("x.post",)},
        images=None,
    )
    outline = page(facts)
    for words in ("Andi Tenri", "Senin, 23 November 2026 08.30 WITA", "Baso (kepala)", "Darurat"):
        assert words in outline.text
    hands = [
        value for _tag, name, value in outline.attributes if (name, value) == ("class", "hand")
    ]
    assert len(hands) == 1, "one line to sign for the one open statement"
    (entry,) = run_checks(facts, load_rules()).not_checked
    assert entry.reason in outline.text


def test_files_and_texts_carry_their_numbers() -> None:
    film = file(path="x.post/01.mp4", kind="video", duration_s=12.4, size_bytes=12_400_000)
    caption = ReportText(("x.post",), "caption", "Halo Wajo", 1234, 280, "x_weighted")
    outline = page(make_facts(), files=(file(), film), texts=(caption,))
    for words in ("x.post/01.jpg", "1600 × 900", "412 KB", "0123456789ab", "12,4", "12,4 MB"):
        assert words in outline.text
    assert "1.234 / 280" in outline.text
    assert "Halo Wajo" in outline.text
    assert ("span", "class", "right over") in outline.attributes


def test_nothing_typed_becomes_markup() -> None:
    evil = "<script>alert(1)</script><img src=x>"
    post = make_post(name=evil)
    caption = ReportText(("x.post",), "caption", evil, 10, 280, "x_weighted")
    outline = page(make_facts(post), texts=(caption,), files=(file(path=evil),))
    tags = {tag for tag, _name, _value in outline.attributes}
    assert "script" not in tags
    assert not any(tag == "img" for tag, _name, _value in outline.attributes)
    assert outline.text.count("alert(1)") == 4  # title, heading, file, caption


def test_the_page_loads_nothing() -> None:
    outline = page(make_facts(), files=(file(thumbnail="data:image/jpeg;base64,AAAA"),))
    sources = [value for _tag, name, value in outline.attributes if name in ("src", "href")]
    assert sources == ["data:image/jpeg;base64,AAAA"]
    style = render_source()
    assert "url(http" not in style
    assert "@import" not in style
    assert "default-src 'none'" in style


def render_source() -> str:
    facts = make_facts()
    return render_report(
        ReportContext(
            "Pemkab",
            facts.agency,
            PALETTE,
            facts.post,
            "T",
            LABELS,
            NOW,
            run_checks(facts, load_rules()),
            load_rules(),
        )
    )


def test_a_thumbnail_from_outside_is_refused() -> None:
    with pytest.raises(ValueError, match="data address"):
        file(thumbnail="https://example.org/a.jpg")


def test_the_paper_size_is_left_to_the_printer() -> None:
    source = render_source()
    assert source.startswith("<!doctype html>")
    assert re.search(r"@page \{ margin:", source)
    assert not re.search(r"@page[^}]*size:", source)


def test_personal_numbers_are_masked_official_ones_are_not() -> None:
    words = "NIK 7313081208999955, WA 0812-0000-1101, layanan 0811 1129 129"
    caption = ReportText(("x.post",), "caption", words, 10, 280, "x_weighted")
    text = page(make_facts(), texts=(caption,), official_numbers=frozenset({"08111129129"})).text
    assert "7313081208999955" not in text
    assert "0812-0000-1101" not in text
    assert "0811 1129 129" in text


def test_a_forced_export_says_so() -> None:
    facts = make_facts()
    assert len(page(facts, forced=True).text) > len(page(facts).text)
