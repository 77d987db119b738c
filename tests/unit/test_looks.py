"""Looks: read from data, chosen by a post, laid over any brand kit; contrast repairs."""

from dataclasses import replace
from pathlib import Path

import pytest
from markupsafe import Markup

from tests.artwork_samples import artwork_request
from wajo_studio import paths
from wajo_studio.artwork.brand import load_brand_kit
from wajo_studio.artwork.colours import contrast
from wajo_studio.artwork.contrast import PAIRS, repaired, weaknesses
from wajo_studio.artwork.hyphens import parted
from wajo_studio.artwork.layout import compose
from wajo_studio.artwork.looks import default_look, dressed, find_look, load_looks, look_of
from wajo_studio.artwork.template import find_template, load_template
from wajo_studio.domain.brand import Palette
from wajo_studio.domain.look import Look
from wajo_studio.errors import InputError

WEAK = Palette(
    primary="#7FC8A9",
    accent="#8FD0B5",
    paper="#F4F0E6",
    ink="#9A9A9A",
    alert="#FF9A9A",
    education="#9AC8FF",
)


def test_three_looks_are_shipped() -> None:
    assert list(load_looks()) == ["resmi", "segar", "tegas"]
    assert default_look(load_brand_kit()).id == "resmi"


def test_the_default_look_is_the_brand_itself() -> None:
    brand = load_brand_kit()
    assert dressed(brand, find_look("resmi")) == brand


@pytest.mark.parametrize("look", ["segar", "tegas"])
def test_a_look_changes_colours_type_and_pattern(look: str) -> None:
    brand = load_brand_kit()
    changed = dressed(brand, find_look(look))
    assert changed.palette.primary != brand.palette.primary
    assert changed.style.headline_tracking != brand.style.headline_tracking
    assert changed.style.patterns["bombang"] != "bombang"
    assert weaknesses(changed.palette) == []


@pytest.mark.parametrize("look", ["segar", "tegas"])
def test_a_look_is_readable_over_any_brand_kit(look: str) -> None:
    brand = load_brand_kit().model_copy(update={"palette": WEAK})
    assert weaknesses(brand.palette)
    assert weaknesses(dressed(brand, find_look(look)).palette) == []


def test_repair_changes_no_more_than_it_must() -> None:
    good = load_brand_kit().palette
    assert repaired(good) is good
    mended = repaired(good.model_copy(update={"alert": "#E0484C"}))
    assert mended.primary == good.primary
    assert mended.alert != "#E0484C"
    assert 4.5 <= contrast("#FFFFFF", mended.alert) < 6


def test_a_proposal_mends_every_pair_of_its_role() -> None:
    for weak in weaknesses(WEAK):
        changed = WEAK.model_copy(update={weak.pair.role: weak.proposal})
        assert weak.pair.role not in {w.pair.role for w in weaknesses(changed)}
    assert {pair.role for pair in PAIRS} == {"ink", "primary", "alert", "education", "accent"}


def test_a_post_chooses_its_look() -> None:
    template, brand = find_template("capaian"), load_brand_kit()
    assert look_of(template, {}, brand).id == "resmi"
    assert look_of(template, {"gaya": "tegas"}, brand).id == "tegas"
    assert look_of(template, {"gaya": " Tegas "}, brand).id == "tegas"


@pytest.mark.parametrize("value", ["neon", "", 3, ("tegas",)])
def test_an_unknown_look_is_the_default_one(value: object) -> None:
    """The contract: a field that the template does not ask for is never an error."""
    assert look_of(find_template("capaian"), {"gaya": value}, load_brand_kit()).id == "resmi"


def test_a_template_may_ask_for_a_field_of_that_name(tmp_path: Path) -> None:
    folder = tmp_path / "mode"
    folder.mkdir()
    (folder / "template.toml").write_text(
        'schema = 1\nid = "mode"\nname = "Mode"\npillars = ["edukasi"]\nformats = []\n'
        '[fields.gaya]\ntype = "text"\nlabel = "Gaya"\n',
        encoding="utf-8",
    )
    assert look_of(load_template(folder), {"gaya": "tegas"}, load_brand_kit()).id == "resmi"


def test_an_unknown_look_by_name_says_which_there_are() -> None:
    with pytest.raises(InputError, match="resmi, segar, tegas"):
        find_look("neon")


def test_the_office_replaces_the_looks() -> None:
    folder = paths.user_brand_dir()
    folder.mkdir(parents=True)
    (folder / "looks.toml").write_text(
        'schema = 1\n[[look]]\nid = "polos"\nname = "Polos"\n', encoding="utf-8"
    )
    assert list(load_looks()) == ["polos"]
    assert default_look(load_brand_kit()).id == "polos"


@pytest.mark.parametrize("style", ["headline_weight = 100", "colour = 'red'", "corner = 9"])
def test_a_wrong_style_is_refused(style: str) -> None:
    folder = paths.user_brand_dir()
    folder.mkdir(parents=True)
    (folder / "looks.toml").write_text(
        f'schema = 1\n[[look]]\nid = "a"\nname = "A"\n[look.style]\n{style}\n',
        encoding="utf-8",
    )
    with pytest.raises(InputError, match=r"looks\.toml"):
        load_looks()


def test_a_look_may_take_another_roles_colour() -> None:
    look = Look.model_validate({"id": "x", "name": "X", "palette": {"primary": "ink"}})
    brand = load_brand_kit()
    assert dressed(brand, look).palette.primary == brand.palette.ink


def test_the_looks_pattern_is_drawn_in_place_of_the_templates() -> None:
    def first_silk(look: str) -> str:
        request = artwork_request("4:5")
        page = compose(replace(request, brand=dressed(request.brand, find_look(look))))
        silk = page.html.split('class="silk"')[1]
        return silk[: silk.index("</svg>")]

    assert "<circle" not in first_silk("resmi")
    assert "<circle" in first_silk("segar")


def test_a_word_that_is_too_wide_is_parted_between_syllables() -> None:
    word = "pertanggungjawabanpemerintahan"
    body = Markup('<h1 class="{0}">{0}</h1>').format(word)
    halves = parted(body, lambda _block: 1.4)
    assert halves == Markup('<h1 class="{}">pertanggungjawa-banpemerintahan</h1>').format(word)
    assert parted(body, lambda _block: 1.0) is None
    thirds = parted(body, lambda _block: 2.2)
    assert thirds is not None
    assert thirds.count("-") == 2
