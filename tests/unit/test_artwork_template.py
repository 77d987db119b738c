"""Template folders: what is read, what is refused, and how the refusal names the place."""

import shutil
from pathlib import Path

import pytest

from wajo_studio.artwork.template import find_template, list_templates, load_template
from wajo_studio.errors import TemplateError
from wajo_studio.paths import templates_dir, user_templates_dir

MANIFEST = """schema = 1
id = "uji"
name = "Uji"
pillars = ["edukasi"]
formats = ["1:1"]
[fields.judul]
type = "text"
label = "Judul"
required = ["krisis"]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "uji"
    made.mkdir()
    (made / "template.toml").write_text(MANIFEST, encoding="utf-8")
    (made / "1x1.html.j2").write_text("<p>{{ fields.judul }}</p>", encoding="utf-8")
    return made


def test_reads_a_folder(folder: Path) -> None:
    (folder / "captions").mkdir()
    (folder / "captions" / "youtube.title.txt.j2").write_text("x", encoding="utf-8")
    template = load_template(folder)
    assert (template.id, template.formats, template.draft_keys) == (
        "uji",
        ("1:1",),
        ("youtube.title",),
    )
    judul = template.field("judul")
    assert judul is not None
    assert [judul.is_required(pillar) for pillar in (None, *template.pillars)] == [False, False]
    assert template.has_artwork


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ('type = "text"', 'type = "teks"', "fields.judul.type"),
        ('label = "Judul"', "", "fields.judul.label"),
        ("schema = 1", "schema = 1\nwarna = 2", "warna"),
        ('formats = ["1:1"]', 'formats = ["3:2"]', "formats.0"),
        ('pillars = ["edukasi"]', "pillars = []", "pillars"),
        ('label = "Judul"', 'label = "Judul"\nchoices = ["a"]', "fields.judul"),
        ('label = "Judul"', 'label = "Judul"\nmax = 0', "fields.judul.max"),
        ("[fields.judul]", "[fields.Judul]", "fields.Judul.id"),
        ("[fields.judul]", '[slides]\neach = "judul"\n[fields.judul]', "slides.each"),
        ("schema = 1", "schema = = 1", "line 1"),
        ("schema = 1", "schema = 9", "newer"),
    ],
)
def test_names_the_key_that_is_wrong(folder: Path, old: str, new: str, named: str) -> None:
    text = MANIFEST.replace(old, new, 1)
    (folder / "template.toml").write_text(text, encoding="utf-8")
    with pytest.raises(TemplateError) as caught:
        load_template(folder)
    shown = caught.value.message.format(**caught.value.params)
    assert "uji" in shown
    assert named in shown


def test_a_layout_for_every_format(folder: Path) -> None:
    (folder / "1x1.html.j2").unlink()
    with pytest.raises(TemplateError) as caught:
        load_template(folder)
    assert caught.value.params["file"] == "1x1.html.j2"


def test_the_folder_has_the_name_of_the_id(folder: Path) -> None:
    with pytest.raises(TemplateError) as caught:
        load_template(folder.rename(folder.with_name("lain")))
    assert caught.value.params == {"template": "lain", "id": "uji"}


def test_no_link_leads_out_of_the_folder(folder: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("rahasia", encoding="utf-8")
    try:
        (folder / "notes.txt").symlink_to(secret)
    except OSError:
        pytest.skip("links cannot be made here")
    with pytest.raises(TemplateError) as caught:
        load_template(folder)
    assert caught.value.params["file"] == "notes.txt"


def test_the_hash_follows_what_can_change_a_pixel(folder: Path) -> None:
    before = load_template(folder).content_hash
    (folder / "preview.png").write_bytes(b"changes nothing")
    assert load_template(folder).content_hash == before
    (folder / "style.css").write_text("p{color:red}", encoding="utf-8")
    assert load_template(folder).content_hash != before


def test_the_offices_own_template_comes_first() -> None:
    assert find_template("pengumuman-layanan").folder.parent == templates_dir()
    own = user_templates_dir() / "pengumuman-layanan"
    shutil.copytree(templates_dir() / "pengumuman-layanan", own)
    assert find_template("pengumuman-layanan").folder == own
    assert own in [template.folder for template in list_templates()]


@pytest.mark.parametrize("name", ["tidak-ada", "", "..", "../templates/polos", "_shared"])
def test_an_unknown_template_lists_the_known(name: str) -> None:
    with pytest.raises(TemplateError) as caught:
        find_template(name)
    assert "polos" in str(caught.value.params["known"])


def test_the_shipped_templates_are_sound() -> None:
    templates = {template.id: template for template in list_templates()}
    assert not templates["polos"].has_artwork
    for template in templates.values():
        assert template.sample.get("agency"), template.id
        assert "base" in template.draft_keys, template.id
        if template.has_artwork:
            assert template.formats == ("4:5", "1:1", "9:16", "16:9"), template.id
    assert "preview.png" in templates["pengumuman-layanan"].files
