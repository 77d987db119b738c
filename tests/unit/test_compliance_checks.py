"""Every technical rule: what fires it, and the near misses that do not."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.unit.compliance_facts import NOW, SOURCE, clip, make_facts, make_post, make_spec, photo
from wajo_studio.compliance.facts import (
    AltFact,
    ClipFact,
    FieldFact,
    LeftOut,
    MissingMaterial,
    PaintedArtwork,
    PostFacts,
    TemplateFacts,
    is_filled,
)
from wajo_studio.compliance.rules import load_rules
from wajo_studio.compliance.runner import run_checks
from wajo_studio.domain.facts import (
    ArtworkFacts,
    FitOverflow,
    ImageFact,
    MissingGlyphs,
    OutsideSafeZone,
    SlotFact,
    SmallText,
    TextContrast,
    TextFact,
    TextPart,
)
from wajo_studio.domain.finding import Finding, Severity
from wajo_studio.domain.geometry import Box, PixelSize
from wajo_studio.domain.media import AudioInfo

CAPTION = "Sama persis dengan teks"
BOX = Box(0.1, 0.2, 0.5, 0.1)


def found(facts: PostFacts, rule: str) -> list[Finding]:
    return [finding for finding in run_checks(facts, load_rules()).findings if finding.rule == rule]


def one(facts: PostFacts, rule: str) -> Finding:
    (finding,) = found(facts, rule)
    return finding


def artworks(*measured: tuple[tuple[str, ...], dict[str, Any]]) -> PostFacts:
    return make_facts(
        artworks=tuple(
            PaintedArtwork(placements, 1, ArtworkFacts(**{"logo": "imported", **values}))
            for placements, values in measured
        )
    )


def with_media(info: object, item: Mapping[str, Any], **changes: Any) -> PostFacts:
    medium = {"id": "m1", "path": "media/a.jpg", "alt": "x", "credit": "x", "consent": True}
    post = make_post(media=[{**medium, **item}])
    return make_facts(post, media={"m1": info}, uses={"m1": ("x.post",)}, **changes)


def text(
    words: str, limit: int = 280, part: TextPart = "caption", unit: str = "code_points"
) -> TextFact:
    return TextFact("x.post", part, "base", words, len(words), limit, unit)


class TestPost:
    def test_an_empty_required_field_blocks_and_is_named(self) -> None:
        fields = (
            FieldFact("judul", "Judul", required=True, filled=False),
            FieldFact("isi", "Isi", required=False, filled=False),
        )
        finding = one(make_facts(template=TemplateFacts("t", "T", fields)), "field-required")
        assert (finding.where.kind, finding.where.id) == ("field", "judul")
        assert "Judul" in finding.message
        assert finding.placements == ()

    @pytest.mark.parametrize("value", [None, "", " \n\t", (), ("", ()), "\u00a0"])
    def test_nothing_is_not_filled(self, value: object) -> None:
        assert not is_filled(value)

    @pytest.mark.parametrize("value", ["a", 0, 0.0, ("", "b"), NOW.date()])
    def test_something_is_filled(self, value: object) -> None:
        assert is_filled(value)

    def test_missing_material_names_the_placement(self) -> None:
        missing = MissingMaterial("x.post", "clip")
        finding = one(make_facts(missing=(missing,)), "media-missing")
        assert finding.severity is Severity.BLOCK
        assert finding.placements == ("x.post",)
        assert "X Post" in finding.message

    def test_a_carousel_of_one_says_how_many_it_needs(self) -> None:
        missing = MissingMaterial("x.post", "picture", have=1, need=2)
        assert "2" in one(make_facts(missing=(missing,)), "media-missing").message

    @pytest.mark.parametrize(("minutes", "hits"), [(-1, 1), (0, 0), (1, 0)])
    def test_a_schedule_in_the_past(self, minutes: int, hits: int) -> None:
        post = make_post(schedule=NOW + timedelta(minutes=minutes))
        assert len(found(make_facts(post), "schedule-past")) == hits

    def test_a_schedule_without_zone_is_wita(self) -> None:
        late = make_post(schedule=datetime(2026, 11, 24, 8, 59))  # noqa: DTZ001
        soon = make_post(schedule=datetime(2026, 11, 24, 9, 1))  # noqa: DTZ001
        assert found(make_facts(late), "schedule-past")
        assert not found(make_facts(soon), "schedule-past")

    def test_a_demanded_option_is_asked_for_once_a_network(self) -> None:
        spec = {"required_options": ("made_for_kids", "title")}
        placements = ("youtube.video", "youtube.short")
        post = make_post(placements=placements)
        title = TextFact("youtube.video", "title", "draft", "Judul", 5, 100, "utf16_units")
        facts = make_facts(
            post,
            specs={p: make_spec(p, label="YouTube Video", **spec) for p in placements},
            texts=(title, TextFact("youtube.short", "title", "draft", "J", 1, 100, "utf16_units")),
        )
        finding = one(facts, "option-required")
        assert finding.severity is Severity.INFO
        assert finding.where.id == "options.youtube.made_for_kids"
        assert finding.placements == placements

    def test_an_option_that_is_false_is_an_answer(self) -> None:
        post = make_post(options={"x": {"confirm_cost": False}})
        specs = {"x.post": make_spec("x.post", required_options=("confirm_cost",))}
        assert not found(make_facts(post, specs=specs), "option-required")

    def test_what_was_left_out_is_named(self) -> None:
        left = LeftOut("x.post", ("foto5", "foto6"), 4)
        finding = one(make_facts(left_out=(left,)), "media-left-out")
        assert "foto5, foto6" in finding.message

    def test_a_lying_file_ending_is_mentioned(self) -> None:
        assert found(with_media(photo(), {"path": "media/a.PNG"}), "extension-wrong")
        assert not found(with_media(photo(), {"path": "media/a.JPEG"}), "extension-wrong")


class TestMedia:
    @pytest.mark.parametrize(
        ("item", "hits"),
        [
            ({}, 1),
            ({"out": 8.1}, 1),
            ({"out": 8.0}, 0),
            ({"keep": ((0, 2), (5, 7.5))}, 0),
            ({"keep": ((0, 2), (5, 9))}, 1),
        ],
    )
    def test_damage_blocks_unless_the_clip_ends_before_it(
        self, item: dict[str, Any], hits: int
    ) -> None:
        facts = with_media(clip(readable_until_s=8.0), {"path": "media/a.mp4", **item})
        findings = found(facts, "media-damaged")
        assert len(findings) == hits
        if hits:
            assert findings[0].where.time == (0.0, 8.0)

    @pytest.mark.parametrize(("planned_s", "hits"), [(2.99, 1), (3, 0), (90, 0), (90.01, 1)])
    def test_durations_count_both_ends(self, planned_s: float, hits: int) -> None:
        planned = ClipFact("m1", ("x.post",), planned_s, 3, 90)
        assert len(found(make_facts(clips=(planned,)), "media-duration")) == hits

    def test_files_over_budget(self) -> None:
        heavy = ImageFact("r1", ("x.post",), None, 900_000, 500_000, 60, within_budget=False)
        light = ImageFact("r2", ("x.post",), "m1", 400_000, 500_000, 85, within_budget=True)
        finding = one(make_facts(images=(heavy, light)), "media-bytes")
        assert (finding.where.kind, finding.where.id) == ("artwork", "x.post")
        assert "900 KB" in finding.message
        film = ClipFact("m1", ("x.post",), 5, 3, 90, size_bytes=6_000_000, max_bytes=5_000_000)
        assert one(make_facts(clips=(film,)), "media-bytes").where.id == "m1"

    def test_a_small_source_is_one_finding_with_its_largest_slot(self) -> None:
        source, wide, tall = PixelSize(640, 480), PixelSize(1600, 900), PixelSize(1080, 1350)
        slots = (
            SlotFact("m1", source, tall, ("instagram.feed",)),
            SlotFact("m1", source, wide, ("x.post",)),
        )
        finding = one(make_facts(slots=slots), "media-too-small")
        assert finding.placements == ("instagram.feed", "x.post")
        assert "1600\u00a0×\u00a0900" in finding.message

    def test_silence_and_location_are_told(self) -> None:
        silent = ClipFact("m1", ("x.post",), 5, 3, 90, silence_added=True)
        assert one(make_facts(clips=(silent,)), "audio-silence-added").where.id == "m1"
        assert one(with_media(photo(has_gps=True), {}), "exif-gps").severity is Severity.INFO
        assert not found(with_media(photo(), {}), "exif-gps")

    def test_an_unused_photo_tells_no_location(self) -> None:
        facts = make_facts(
            make_post(media=[{"id": "m1", "path": "media/a.jpg"}]),
            media={"m1": photo(has_gps=True)},
        )
        assert not found(facts, "exif-gps")

    def test_alt_text_of_pictures_and_artwork(self) -> None:
        alts = (AltFact("m1", " ", ("x.post",)), AltFact(None, "", ("x.post",)))
        first, second = found(make_facts(alts=alts), "alt-text-missing")
        assert (first.where.kind, first.where.id) == ("media", "m1.alt")
        assert (second.where.kind, second.where.id) == ("caption", "alt")

    @pytest.mark.parametrize(
        "words",
        [
            "IMG_0001.jpg",
            "Foto warga di loket",
            "gambar",
            "Warga",
            "a" * 251,
            CAPTION,
        ],
    )
    def test_poor_alt_text_is_a_hint(self, words: str) -> None:
        facts = make_facts(alts=(AltFact("m1", words, ("x.post",)),), texts=(text(CAPTION),))
        assert one(facts, "alt-text-poor").severity is Severity.INFO

    @pytest.mark.parametrize(
        "words", ["Warga mengantre di loket", "Fotokopi KK di meja loket", "a" * 250]
    )
    def test_good_alt_text_is_left_alone(self, words: str) -> None:
        assert not found(make_facts(alts=(AltFact("m1", words, ("x.post",)),)), "alt-text-poor")

    def test_a_drafted_alt_text_is_not_criticised(self) -> None:
        drafted = AltFact(None, "Gambar", ("x.post",), drafted=True)
        assert not found(make_facts(alts=(drafted,)), "alt-text-poor")

    def test_an_alt_text_over_the_networks_limit_blocks(self) -> None:
        facts = make_facts(alts=(AltFact("m1", "a" * 1001, ("x.post",)),))
        finding = one(facts, "platform-text-limit")
        assert finding.where.id == "m1.alt"


class TestTexts:
    @pytest.mark.parametrize("unit", ["code_points", "utf16_units", "utf8_bytes", "x_weighted"])
    def test_a_text_over_the_limit_says_how_much_to_cut(self, unit: str) -> None:
        caption = {"limit": 280, "unit": unit, "link_length": 23, "source": SOURCE}
        facts = make_facts(
            specs={"x.post": make_spec("x.post", texts={"caption": caption})},
            texts=(text("x" * 283, unit=unit),),
        )
        finding = one(facts, "platform-text-limit")
        assert finding.severity is Severity.BLOCK
        assert (finding.where.kind, finding.where.id) == ("caption", "base")
        assert "283" in finding.message
        assert "280" in finding.message
        assert re.search(r"\b3\b", finding.message)
        assert finding.where.span == (280, 283)
        assert "https://example.org/limits" in finding.source

    def test_a_text_at_the_limit_passes(self) -> None:
        assert not found(make_facts(texts=(text("x" * 280),)), "platform-text-limit")

    def test_a_thread_takes_a_text_of_any_length(self) -> None:
        for thread, expected in ((True, 0), (False, 1)):
            post = make_post(placements=("x.post",), options={"x": {"thread": thread}})
            facts = make_facts(post, texts=(replace(text("x" * 900), placement="x.post"),))
            assert len(found(facts, "platform-text-limit")) == expected

    @pytest.fixture
    def strict(self) -> dict[str, Any]:
        caption = {
            "limit": 280,
            "unit": "code_points",
            "required": True,
            "forbidden": ("<", "\ufeff"),
            "source": SOURCE,
        }
        return {"specs": {"x.post": make_spec("x.post", texts={"caption": caption})}}

    def test_forbidden_characters_are_shown_and_located(self, strict: dict[str, Any]) -> None:
        facts = make_facts(texts=(text("ab<c<\ufeff"),), **strict)
        first, second = found(facts, "text-forbidden-character")
        assert first.where.span == (2, 3)
        assert "<" in first.message
        assert "U+FEFF" in second.message

    def test_a_demanded_text_must_be_there(self, strict: dict[str, Any]) -> None:
        assert found(make_facts(texts=(text(" \n"),), **strict), "text-missing")
        assert not found(make_facts(texts=(text("a"),), **strict), "text-missing")


class TestArtwork:
    def test_an_overflow_names_the_field_and_the_worst_excess(self) -> None:
        facts = artworks(
            (("instagram.feed",), {"overflows": (FitOverflow("judul", 4, BOX),)}),
            (("x.post",), {"overflows": (FitOverflow("judul", 19, None),)}),
        )
        finding = one(facts, "fit-overflow")
        assert (finding.where.kind, finding.where.id) == ("field", "judul")
        assert finding.placements == ("instagram.feed", "x.post")
        assert "19" in finding.message
        assert "Judul" in finding.message

    def test_missing_glyphs_are_spelled_out_once(self) -> None:
        facts = artworks((("x.post",), {"missing_glyphs": (MissingGlyphs("judul", "ᨓᨓ😀"),)}))
        message = one(facts, "glyph-missing").message
        assert message.count("U+1A13") == 1
        assert "U+1F600" in message

    def test_contrast_reports_the_worst_place(self) -> None:
        other = Box(0.3, 0.3, 0.2, 0.2)
        facts = artworks(
            (("x.post",), {"contrasts": (TextContrast("judul", 4.4, 4.5, BOX),)}),
            (("instagram.feed",), {"contrasts": (TextContrast("judul", 2.1, 4.5, other),)}),
        )
        finding = one(facts, "img-contrast-low")
        assert finding.where.id == "instagram.feed"
        assert finding.where.box == other
        assert "2,1" in finding.message

    def test_contrast_at_the_required_ratio_passes(self) -> None:
        facts = artworks((("x.post",), {"contrasts": (TextContrast("judul", 3.0, 3.0, BOX),)}))
        assert not found(facts, "img-contrast-low")

    @pytest.mark.parametrize(("size_px", "severity"), [(23.9, "warn"), (24.0, "info")])
    def test_small_text_warns_and_smallish_hints(self, size_px: float, severity: str) -> None:
        facts = artworks((("x.post",), {"small_texts": (SmallText("isi", size_px, BOX),)}))
        assert one(facts, "img-text-small").severity.value == severity

    def test_text_under_buttons(self) -> None:
        facts = artworks((("x.post",), {"outside_safe_zone": (OutsideSafeZone("logo", BOX),)}))
        assert one(facts, "img-text-ui-zone").where.box == BOX

    @pytest.mark.parametrize(
        ("logo", "imported", "expected"),
        [
            ("monogram", False, "info"),
            ("none", False, "info"),
            ("monogram", True, "warn"),
            ("none", True, "warn"),
        ],
    )
    def test_a_missing_logo_is_a_hint_until_the_office_has_one(
        self, logo: str, imported: bool, expected: str
    ) -> None:
        painted = PaintedArtwork(("x.post",), 1, ArtworkFacts(logo=logo))  # type: ignore[arg-type]
        facts = make_facts(artworks=(painted,), logos_imported=imported)
        assert one(facts, "logo-missing").severity.value == expected

    def test_polos_is_not_asked_for_a_logo(self) -> None:
        facts = make_facts(
            template=TemplateFacts("polos", "Polos", has_artwork=False), artworks=None
        )
        assert "logo-missing" in run_checks(facts, load_rules()).passed

    def test_an_imported_logo_passes(self) -> None:
        assert not found(artworks((("x.post",), {})), "logo-missing")

    def test_the_cover_alone_is_told(self) -> None:
        finding = one(make_facts(cover_only=("x.post",)), "carousel-cover-only")
        assert finding.severity is Severity.INFO


class TestStatements:
    def test_no_class_asks_and_exempt_blocks(self) -> None:
        assert one(make_facts(make_post(information_class=None)), "info-class-attest").severity is (
            Severity.ATTEST
        )
        exempt = make_facts(make_post(information_class="dikecualikan"))
        assert one(exempt, "info-class-attest").severity is Severity.BLOCK

    def test_music_asks_for_its_licence(self) -> None:
        music = {"path": "media/a.mp3", "use": "music", "licence": "Rekaman sendiri 2026"}
        sound = AudioInfo("mp3", 60.0, "mp3", (".mp3",), "c" * 64)
        facts = with_media(sound, music)
        assert "Rekaman sendiri 2026" in one(facts, "music-licence-attest").message

    def test_music_that_is_not_heard_asks_nothing(self) -> None:
        post = make_post(media=[{"id": "m1", "path": "media/a.mp3", "use": "music"}])
        assert not found(make_facts(post), "music-licence-attest")

    def test_a_crisis_post_needs_the_head(self) -> None:
        assert found(make_facts(make_post(pillar="krisis")), "head-approval-attest")
        assert not found(make_facts(make_post(pillar="edukasi")), "head-approval-attest")
