"""Subtitle files that go along with a clip."""

from pathlib import Path

from wajo_studio.services.prepare import Prepared, clip_of

NAME = "subtitles.srt"


def write_subtitles(prepared: Prepared, folder: Path) -> list[str]:
    """Write the subtitle file of every placement that takes one, in the result's time.

    Returns:
        The paths written, relative to ``folder``.
    """
    from wajo_studio.video.subtitles import as_srt, read_subtitles, through_trim

    names: list[str] = []
    for placement, media_id in prepared.plan.subtitle_files.items():
        item, info = clip_of(prepared, media_id)
        path = prepared.folder.subtitles_path(item)
        assert path is not None
        text = as_srt(through_trim(read_subtitles(path), item, info))
        target = folder / placement / NAME
        target.parent.mkdir(exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="")
        names.append(f"{placement}/{NAME}")
    return names
