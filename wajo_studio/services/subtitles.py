"""The subtitles of a clip, in the time of what is made of it."""

from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from wajo_studio.services.planned import ClipSource
from wajo_studio.services.prepare import Prepared, clip_of

if TYPE_CHECKING:
    from wajo_studio.video.subtitles import Cue

NAME = "subtitles.srt"


def cues_in_result(
    prepared: Prepared, media_id: str, offset_s: Fraction = Fraction(0)
) -> "tuple[Cue, ...]":
    """The cues of a clip's subtitle file, moved along with its trim; none without a file.

    Args:
        prepared: the post.
        media_id: the clip.
        offset_s: what stands before the clip in the result (an opener).

    Raises:
        MediaError: the file cannot be read.
    """
    from wajo_studio.video.ranges import kept_ranges
    from wajo_studio.video.subtitles import read_subtitles, shifted

    item, info = clip_of(prepared, media_id)
    path = prepared.folder.subtitles_path(item)
    if path is None:
        return ()
    return shifted(read_subtitles(path).cues, kept_ranges(item, info), offset_s)


def write_subtitles(prepared: Prepared, folder: Path) -> list[str]:
    """Write the subtitle file of every placement that takes one.

    Returns:
        The paths written, relative to ``folder``.
    """
    from wajo_studio.video.subtitles import as_srt

    names: list[str] = []
    for placement, media_id in prepared.plan.subtitle_files.items():
        target = folder / placement / NAME
        target.parent.mkdir(exist_ok=True)
        text = as_srt(cues_in_result(prepared, media_id, _opener_s(prepared, placement)))
        target.write_text(text, encoding="utf-8", newline="")
        names.append(f"{placement}/{NAME}")
    return names


def _opener_s(prepared: Prepared, placement: str) -> Fraction:
    """How long the placement's clip is preceded by an opener."""
    sources = [planned.source for planned in prepared.plan.items(placement)]
    openers = (source.opener_s for source in sources if isinstance(source, ClipSource))
    return next(openers, Fraction(0))
