"""``media probe``: what a file really is, in words or as JSON."""

import dataclasses
from collections.abc import Iterator
from enum import Enum
from fractions import Fraction
from pathlib import Path
from typing import Any

from wajo_studio.cli.output import print_json, print_table
from wajo_studio.domain.geometry import PixelSize
from wajo_studio.domain.media import ClipInfo, MediaInfo, MediaKind
from wajo_studio.i18n import N_, _, format_bytes, format_number, ngettext

DONE = 0

_KINDS = {
    MediaKind.PHOTO: N_("photo"),
    MediaKind.CLIP: N_("clip"),
    MediaKind.AUDIO: N_("sound"),
}
_FORMATS = {"mov,mp4,m4a,3gp,3g2,mj2": "MP4/MOV", "matroska,webm": "Matroska/WebM"}
"""Where the container's own name is a list."""
_LIGHT = {"smpte2084": "HDR (PQ)", "arib-std-b67": "HDR (HLG)"}


def run_probe(file: Path, *, as_json: bool) -> int:
    """Tell what a media file is."""
    from wajo_studio.services.media import MediaInspector, damage_of

    info = MediaInspector().inspect(file)
    damage = damage_of(file, info)
    size_bytes = file.stat().st_size
    if as_json:
        facts = {field.name: getattr(info, field.name) for field in dataclasses.fields(info)}
        plain = {name: _plain(value) for name, value in facts.items()}
        print_json({"schema": 1, "file": str(file), "bytes": size_bytes, **plain, "damage": damage})
        return DONE
    rows = [(_("Size of the file"), format_bytes(size_bytes)), *_in_words(info)]
    if damage is not None:
        rows.append((_("Damage"), damage))
    print_table(file.name, (_("What"), _("Value")), rows)
    return DONE


def _plain(value: Any) -> Any:
    if isinstance(value, PixelSize):
        return {"width": value.width, "height": value.height}
    if isinstance(value, Fraction):
        return f"{value.numerator}/{value.denominator}"
    if isinstance(value, Enum):
        return value.value
    return list(value) if isinstance(value, tuple) else value


def _in_words(info: MediaInfo) -> Iterator[tuple[str, str]]:
    """What is known of a file, one fact a line; what is as usual is left out."""
    yield _("Kind"), _(_KINDS[info.kind])
    yield _("Format"), _FORMATS.get(info.format, info.format.upper())
    if info.kind is not MediaKind.AUDIO:
        yield (
            _("Size"),
            _("{width} × {height} pixels").format(width=info.size.width, height=info.size.height),
        )
    if info.kind is MediaKind.PHOTO:
        yield _("Tells where it was taken"), _("yes") if info.has_gps else _("no")
    else:
        yield _("Length"), _("{seconds} s").format(seconds=format_number(info.duration_s, 2))
    if isinstance(info, ClipInfo):
        yield from _clip_in_words(info)
    elif info.kind is MediaKind.AUDIO:
        yield _("Sound"), info.audio_codec
    yield _("Usual file endings"), ", ".join(info.expected_suffixes)
    yield _("SHA-256"), info.sha256


def _clip_in_words(info: ClipInfo) -> Iterator[tuple[str, str]]:
    rate = format_number(float(info.frame_rate), 2)
    even = N_("{rate}, even")
    uneven = N_("{rate} on average, uneven")
    words = uneven if info.variable_frame_rate else even
    yield _("Pictures a second"), _(words).format(rate=rate)
    yield _("Picture"), f"{info.video_codec} ({info.pixel_format})"
    if info.rotation or info.mirrored:
        turned = _("turned by {degrees}°").format(degrees=info.rotation)
        mirrored = _("mirrored")
        told = [turned] if info.rotation else []
        yield _("Stored"), ", ".join([*told, mirrored] if info.mirrored else told)
    if info.colour_transfer in _LIGHT:
        yield _("Light"), _LIGHT[info.colour_transfer]
    if info.interlaced:
        yield _("Lines"), _("interlaced")
    if info.audio_codec is None:
        yield _("Sound"), _("none")
    else:
        count = info.audio_channels
        channels = ngettext("{count} channel", "{count} channels", count).format(count=count)
        yield _("Sound"), f"{info.audio_codec}, {channels}"
