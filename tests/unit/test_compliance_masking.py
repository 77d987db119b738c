"""Masking of personal data, and the fingerprint that statements cover."""

import time

import pytest

from tests.unit.compliance_facts import NOW, make_post
from wajo_studio.compliance.fingerprint import fingerprint
from wajo_studio.compliance.masking import mask
from wajo_studio.compliance.settings import ComplianceSettings, plain_number
from wajo_studio.errors import InputError


@pytest.mark.parametrize(
    ("shown", "masked"),
    [
        ("NIK 7313081208999955.", "NIK 7313••••••••9955."),
        ("7313 0812 0899 9955", "7313 •••• •••• 9955"),
        ("7313\u200b0812\u200b0899\u200b9955", "7313\u200b••••\u200b••••\u200b9955"),
        ("hubungi 0812-0000-1101", "hubungi 0812-••••-••01"),
        ("+62 822 0000 1104", "+62 82• •••• ••04"),
        ("wa.me/6281200001113", "wa.me/6281•••••••13"),
        ("(0853) 0000 1106", "(0853) •••• ••06"),
        ("NPWP 01.234.567.8-901.000", "NPWP 01.23•.•••.•-••1.000"),
        ("rekening 1234567890", "rekening 1234••••90"),
        ("NIP 198001012006041001", "NIP 1980••••••••••1001"),
        ("tulis ke budi.wajo@gmail.com", "tulis ke b•••@gmail.com"),
    ],
)
def test_personal_numbers_and_addresses_are_hidden(shown: str, masked: str) -> None:
    assert mask(shown) == masked


@pytest.mark.parametrize(
    "public",
    [
        "Selasa, 1 Desember 2026 pukul 08.00–14.00 WITA",
        "01-12-2026 08.00",
        "01.12.2026 08.00-12.00 WITA",
        "2026-12-01 08.00-12.00 WITA",
        "Panggil 112 atau (0485) 21000",
        "Rp812.000.000 dari DIPA-018.03.2.412034/2026",
        "027/0812345/SPK/2026",
        "kominfo@wajokab.go.id",
        "63.206 karakter, 1080x1350, 12.345.678 B",
        "kode rekening 5.1.02.01.001",
    ],
)
def test_public_facts_stay_readable(public: str) -> None:
    assert mask(public) == public


def test_official_numbers_stay_readable() -> None:
    allowed = {plain_number("+62 811-1129-129")}
    assert mask("WA 0811 1129 129", allowed) == "WA 0811 1129 129"
    assert "•" in mask("WA 0811 1129 128", allowed)


@pytest.mark.parametrize("text", ["a." * 100_000, "1 " * 100_000, "0" * 200_000, "@a-" * 70_000])
def test_hostile_texts_take_no_time(text: str) -> None:
    started = time.perf_counter()
    mask(text)
    assert time.perf_counter() - started < 2


def test_settings_take_partial_mappings() -> None:
    settings = ComplianceSettings.from_mapping(
        {
            "required_hashtags": ["#WajoMaradeka", "Wajo "],
            "phone_allow": ["+62 811 1129 129"],
            "election": True,
        }
    )
    assert settings.required_hashtags == ("WajoMaradeka", "Wajo")
    assert settings.phone_allow == {"08111129129"}
    assert ComplianceSettings.from_mapping(None) == ComplianceSettings()


@pytest.mark.parametrize("value", ["#Wajo", 3, [1]])
def test_a_setting_of_the_wrong_type_is_refused(value: object) -> None:
    with pytest.raises(InputError, match="required_hashtags"):
        ComplianceSettings.from_mapping({"required_hashtags": value})


class TestFingerprint:
    HASHES = {"foto1": "a" * 64}  # noqa: RUF012

    def test_what_a_statement_covers_changes_it(self) -> None:
        base = {"captions": {"base": "Halo"}}
        posts = [
            make_post(**base),
            make_post(captions={"base": "Halo!"}),
            make_post(**base, fields={"judul": "x"}),
            make_post(**base, placements=("x.post",)),
            make_post(**base, options={"x": {"thread": True}}),
        ]
        marks = {fingerprint(post, self.HASHES) for post in posts}
        marks.add(fingerprint(posts[0], {"foto1": "b" * 64}))
        assert len(marks) == 6

    def test_a_statement_on_pictures_outlives_a_change_of_words(self) -> None:
        photo = {"id": "foto1", "path": "media/a.jpg"}
        told = make_post(media=(photo,), captions={"base": "Halo"})
        again = make_post(media=({**photo, "alt": "Danau"},), captions={"base": "Halo!"})
        blurred = make_post(media=({**photo, "blur": ((0.1, 0.1, 0.2, 0.2),)},))
        marks = [fingerprint(post, self.HASHES, "media") for post in (told, again, blurred)]
        assert marks[0] == marks[1] != marks[2]
        assert fingerprint(told, {"foto1": "b" * 64}, "media") != marks[0]

    def test_a_statement_on_music_holds_for_its_networks(self) -> None:
        music = {"id": "lagu", "path": "media/a.mp3", "use": "music", "licence": "Sendiri"}
        post = make_post(media=(music,), placements=("x.post",))
        wider = make_post(media=(music,), placements=("x.post", "tiktok.video"))
        marks = {fingerprint(one, {"lagu": "a"}, "music") for one in (post, wider)}
        assert len(marks) == 2

    def test_what_it_does_not_cover_leaves_it(self) -> None:
        given = {"x": {"by": "a", "at": NOW, "role": "admin", "reason": "r"}}
        marks = {
            fingerprint(post, self.HASHES)
            for post in (
                make_post(),
                make_post(name="Nama lain", schedule=NOW),
                make_post(waivers=given, exceptions={"x": ("y",)}),
                make_post(attestations={"x": {"by": "a", "at": NOW}}),
                make_post(placements=("x.post", "instagram.feed")),
                make_post(options={"x": {"confirm_cost": True}}),
            )
        }
        assert len(marks) == 1
