"""A new post folder from a template's sample."""

import shutil
from pathlib import Path
from typing import Any

import tomlkit

from wajo_studio import atomic
from wajo_studio.artwork.brand import load_agencies
from wajo_studio.artwork.template import Template, find_template
from wajo_studio.domain.placement import PLACEMENTS
from wajo_studio.domain.post import SCHEMA
from wajo_studio.errors import InputError, disk_error
from wajo_studio.i18n import N_
from wajo_studio.services.samples import sample_picture

POST_FILE = "post.toml"


def new_post(template_id: str, folder: Path, agency: str = "") -> Path:
    """Make a post folder with the template's sample fields and pictures.

    Args:
        template_id: id of the template.
        folder: new or empty.
        agency: id of the agency that speaks; the sample's unless given.

    Returns:
        The new post.toml.

    Raises:
        InputError: no such template, or the folder holds something.
        DiskError: the folder cannot be written.
    """
    template = find_template(template_id)
    try:
        above = atomic.nearest_existing(folder)
        if not above.is_dir() or (above == folder and any(folder.iterdir())):
            raise InputError(
                N_("{path} is not empty; name a new or empty folder for the post."), path=above
            )
        _make(template, folder.resolve(), agency)
    except OSError as error:
        raise disk_error(error, folder) from error
    return folder / POST_FILE


def _make(template: Template, folder: Path, agency: str) -> None:
    """Write the post aside, then put it into ``folder``, which is missing or empty."""
    is_there = folder.exists()  # then it stays: a shell may stand in it, or a disk begin there
    with atomic.parents(folder):
        scratch = atomic.new_folder(folder if is_there else folder.parent, ".wajo-new-")
        try:
            _write(template, scratch, agency)
            if is_there:
                for entry in sorted(scratch.iterdir()):
                    atomic.replace(entry, folder / entry.name)
            else:
                atomic.replace(scratch, folder)
        finally:
            shutil.rmtree(scratch, ignore_errors=True)


def _write(template: Template, folder: Path, agency: str) -> None:
    media_folder = folder / "media"
    media_folder.mkdir(parents=True)
    sample: dict[str, Any] = {**template.sample}
    document = tomlkit.document()
    document["schema"] = SCHEMA
    document["name"] = sample.pop("name", template.name)
    agencies = load_agencies()
    sampled = sample.pop("agency", next(iter(agencies)))
    document["agency"] = agency if agency in agencies else sampled
    pillar = sample.pop("pillar", template.pillars[0].value if template.pillars else None)
    if pillar:
        document["pillar"] = pillar
    information_class = sample.pop("information_class", None)
    if information_class:
        document["information_class"] = information_class
    document["template"] = template.id
    placements = sample.pop("placements", None) or fitting_placements(template)
    document["placements"] = list(placements)
    media = sample.pop("media", [])
    for key, value in sample.items():
        document[key] = value
    blocks = tomlkit.aot()
    for item in media:
        blocks.append(tomlkit.item(item))
        target = folder / item["path"]
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(sample_picture(Path(item["path"]).name), target)
    if media:
        document["media"] = blocks
    (folder / POST_FILE).write_text(tomlkit.dumps(document), encoding="utf-8", newline="")


def fitting_placements(template: Template) -> list[str]:
    """Every placement that the sample's artwork alone can serve."""
    single = template.slides is None
    return [
        placement
        for placement in PLACEMENTS
        if placement.endswith((".feed", ".story", ".post", ".photo"))
        or (placement == "instagram.carousel" and not single)
    ]
