"""Brand kit and agency list: shipped data, the office's own, and what broken files say."""

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from wajo_studio import i18n, paths
from wajo_studio.artwork import brand
from wajo_studio.errors import InputError


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    i18n.set_language("en")
    yield
    i18n.set_language("id")


def _own(name: str, content: str) -> Path:
    path = paths.user_brand_dir() / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")
    return path


def _shipped(name: str) -> str:
    return (paths.assets_dir() / "brand" / name).read_text(encoding="utf-8")


def _luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    bright, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def test_shipped_kit_is_readable_on_paper_and_on_colour() -> None:
    kit = brand.load_brand_kit()
    colours = kit.palette
    assert kit.government == "Pemerintah Kabupaten Wajo"
    for colour in (colours.primary, colours.ink, colours.alert, colours.education):
        assert _contrast(colour, colours.paper) >= 4.5
    assert _contrast(colours.ink, colours.accent) >= 4.5
    assert _contrast(colours.accent, colours.primary) >= 3.0


def test_no_logo_is_shipped() -> None:
    assert brand.government_logo(brand.load_brand_kit()) is None
    assert all(brand.agency_logo(agency) is None for agency in brand.load_agencies().values())


def test_every_kind_of_agency_is_there() -> None:
    agencies = brand.load_agencies()
    districts = [name for name in agencies if name.startswith("kecamatan-")]
    wards = [name for name in agencies if name.startswith("kelurahan-")]
    assert len(districts) == 14
    assert len(wards) == 48
    assert agencies["diskominfotik"].name == "Dinas Komunikasi, Informatika, dan Statistik"
    assert {"setda", "disdukcapil", "dinkes", "bpbd", "rsud-lamaddukkelleng"} <= agencies.keys()


def test_ids_are_the_short_forms() -> None:
    for agency in brand.load_agencies().values():
        assert agency.id == agency.short_name.lower().replace(" ", "-")


def test_unconfirmed_facts_are_not_shown_as_facts() -> None:
    agencies = brand.load_agencies()
    assert not agencies["dpmptsp"].confirmed
    assert agencies["dinkes"].confirmed
    assert all(not agency.handles for agency in agencies.values())
    sites = [agency.website for agency in agencies.values() if agency.website]
    assert all(re.fullmatch(r"([a-z]+\.)?wajokab\.go\.id", site) for site in sites)


@pytest.mark.parametrize(
    ("asked", "nearest"),
    [
        ("diskominfo", "diskominfotik"),
        ("Kecamatan Tempe", "kecamatan-tempe"),
        ("dinkess", "dinkes"),
    ],
)
def test_unknown_agency_names_key_and_nearest(asked: str, nearest: str) -> None:
    with pytest.raises(InputError) as caught:
        brand.find_agency(asked)
    assert "agency" in str(caught.value)
    assert asked in str(caught.value)
    assert nearest in str(caught.value)


def test_hopeless_agency_still_says_what_to_do() -> None:
    with pytest.raises(InputError, match=r"zzzzqqqq.*agencies\.toml"):
        brand.find_agency("zzzzqqqq")


def test_office_file_replaces_and_changes_are_seen() -> None:
    assert "setda" in brand.load_agencies()
    path = _own(
        "agencies.toml",
        'schema = 1\nversion = "x"\n[[agency]]\nid = "a"\nname = "A"\nshort_name = "A"\n',
    )
    assert list(brand.load_agencies()) == ["a"]
    path.write_text(path.read_text().replace('id = "a"', 'id = "b"'))
    os.utime(path, ns=(1, 1))
    assert list(brand.load_agencies()) == ["b"]
    path.unlink()
    assert "setda" in brand.load_agencies()


def test_unchanged_file_is_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    first = brand.load_brand_kit()
    monkeypatch.setattr(Path, "read_bytes", lambda _path: pytest.fail("read again"))
    assert brand.load_brand_kit() is first


def test_office_logo_lies_beside_its_file(tmp_path: Path) -> None:
    _own("brand.toml", _shipped("brand.toml").replace('logo = ""', 'logo = "lambang.png"'))
    with pytest.raises(InputError, match=r"lambang\.png"):
        brand.load_brand_kit()
    logo = paths.user_brand_dir() / "lambang.png"
    shutil.copyfile(__file__, logo)
    assert brand.government_logo(brand.load_brand_kit()) == logo.resolve()


def test_logo_outside_the_folder_is_refused(tmp_path: Path) -> None:
    secret = paths.data_dir() / "secret.png"
    secret.write_bytes(b"x")
    _own("brand.toml", _shipped("brand.toml").replace('logo = ""', 'logo = "../secret.png"'))
    with pytest.raises(InputError, match="logo"):
        brand.load_brand_kit()


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('version = "2026-11-24"\n', "", "version"),
        ('accent = "#E3A008"', 'accent = "gold"', "palette.accent"),
        ("[palette]", 'slogan = "x"\n[palette]', "slogan"),
        ("schema = 1", "schema = 2", "newer"),
        ("schema = 1", "schema = ", "TOML"),
    ],
)
def test_broken_brand_file_names_file_and_key(old: str, new: str, key: str) -> None:
    _own("brand.toml", _shipped("brand.toml").replace(old, new))
    with pytest.raises(InputError) as caught:
        brand.load_brand_kit()
    assert key in str(caught.value)
    assert "brand.toml" in str(caught.value)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('schema = 1\nversion = "x"\nagency = []\n', "agency"),
        ('schema = 1\nversion = "x"\n[[agency]]\nid = "A B"\n', "agency.0.id"),
        (
            'schema = 1\nversion = "x"\n' + 2 * '[[agency]]\nid="a"\nname="A"\nshort_name="A"\n',
            "twice",
        ),
    ],
)
def test_broken_agency_list_names_file_and_key(content: str, said: str) -> None:
    _own("agencies.toml", content)
    with pytest.raises(InputError) as caught:
        brand.load_agencies()
    assert said in str(caught.value)
    assert "agencies.toml" in str(caught.value)


def test_file_that_is_no_text() -> None:
    _own("agencies.toml", "").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match=r"agencies\.toml"):
        brand.load_agencies()
