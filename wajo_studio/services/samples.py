"""The sample post of ``demo``, and the pictures that new posts start with.

Pictures and clip are drawn at first use and kept in the cache; the texts lie in
``assets/samples``.
"""

import shutil
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path

from wajo_studio import atomic, clock, paths
from wajo_studio.errors import InputError, disk_error
from wajo_studio.i18n import N_, WITA
from wajo_studio.progress import Job, JobContext

DRAWN = "1"
"""Raised whenever a picture, the clip or its sound is drawn differently."""

CLIP = "danau-tempe.mp4"
SUBTITLES = "danau-tempe.srt"
PICTURES = ("danau-tempe.jpg", "perahu-danau-tempe.jpg", "tenun-sutera.jpg")
"""The pictures, 12 megapixels each: the lake (lying), the boat and the loom (upright)."""

_LONG, _SHORT = 4000, 3000
_QUALITY = 90
_EVENT_AFTER_DAYS = 7


def sample_folder() -> Path:
    """Where drawn pictures and the clip are kept; may be deleted at any time."""
    return paths.cache_dir() / "samples" / DRAWN


def sample_picture(name: str, ctx: JobContext | None = None) -> Path:
    """A sample picture as a JPEG file of 12 megapixels, drawn when it is not there yet.

    Args:
        name: one of :data:`PICTURES`.
        ctx: for cancelling.

    Raises:
        InputError: there is no such picture.
        DiskError: the cache cannot be written.
        Cancelled: the person cancelled.
    """
    if name not in PICTURES:
        raise InputError(
            N_("There is no sample picture {name}; the names are {names}."),
            name=name,
            names=", ".join(PICTURES),
        )
    return _kept(name, lambda target: _draw(name, target, ctx or Job()))


def sample_clip(ctx: JobContext | None = None) -> Path:
    """The sample clip, 1920x1080, 30 fps, 9.6 s with sound; made when it is not there yet.

    Raises:
        EncodeError: the encoder failed.
        DiskError: the cache cannot be written.
        Cancelled: the person cancelled.
    """

    def make(target: Path) -> None:
        from wajo_studio.services.sample_media.clip import make_clip

        make_clip(target, ctx or Job())

    return _kept(CLIP, make)


def sample_post_folder(
    target: Path, *, today: date | None = None, ctx: JobContext | None = None
) -> Path:
    """Write the sample post: all twelve placements, everything filled in and ticked.

    Args:
        target: a new or empty folder.
        today: the day it is written on; what it announces is a Tuesday, a week later or up to
            six days more. The PC's date unless given.
        ctx: for progress and cancelling.

    Returns:
        ``target``.

    Raises:
        DiskError: a folder cannot be written.
        EncodeError: the clip could not be made.
        Cancelled: the person cancelled.
    """
    ctx = ctx or Job()
    source = paths.assets_dir() / "samples" / "demo"
    pictures = [sample_picture(name, ctx) for name in PICTURES[:2]]
    ctx.report(0.3)
    ctx.check()
    clip = sample_clip(ctx.part(0.3, 0.95))
    text = (source / "post.toml").read_text(encoding="utf-8")
    for mark, value in _dates(today or clock.today(clock.SystemClock())).items():
        text = text.replace(mark, value)
    try:
        media = target / "media"
        media.mkdir(parents=True, exist_ok=True)
        for file in (*pictures, clip, source / SUBTITLES):
            shutil.copyfile(file, media / file.name)
        atomic.write_text(target / "post.toml", text)
    except OSError as error:
        raise disk_error(error, target) from error
    ctx.report(1)
    return target


def _dates(today: date) -> dict[str, str]:
    """What stands in the post's text for dates; Indonesian in every language of the program."""
    from babel.dates import format_date

    earliest = today + timedelta(days=_EVENT_AFTER_DAYS)
    event = earliest + timedelta(days=(1 - earliest.weekday()) % 7)
    attested = datetime.combine(today - timedelta(days=1), time(10), WITA)
    return {
        "@DATE@": event.isoformat(),
        "@LONG_DATE@": format_date(event, "EEEE, d MMMM y", locale="id"),
        "@DATE_WORDS@": format_date(event, "d MMMM y", locale="id"),
        "@ATTESTED@": attested.isoformat(),
    }


def _kept(name: str, make: Callable[[Path], None]) -> Path:
    """The file ``name`` in the cache, made in a scratch folder first."""
    folder = sample_folder()
    path = folder / name
    if path.is_file():
        return path
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with atomic.scratch_folder(".making-", folder) as scratch:
            made = scratch / name
            make(made)
            atomic.replace(made, path)
    except OSError as error:
        raise disk_error(error, path) from error
    return path


def _draw(name: str, target: Path, ctx: JobContext) -> None:
    from PIL import Image

    from wajo_studio.services.sample_media import lake, silk

    if name == "danau-tempe.jpg":
        pixels = lake.paint_lake(lake.camera(_LONG, _SHORT), ctx.check)
    elif name == "perahu-danau-tempe.jpg":
        pixels = lake.paint_lake(lake.boat_camera(_SHORT, _LONG), ctx.check)
    else:
        pixels = silk.paint_silk(_SHORT, _LONG, ctx.check)
    picture = Image.fromarray(pixels[..., ::-1])
    picture.save(target, "JPEG", quality=_QUALITY, optimize=True)
