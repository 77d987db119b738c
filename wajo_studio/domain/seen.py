"""What looking at pictures and listening to clips showed. Checks judge these facts."""

from dataclasses import dataclass
from typing import Literal

from wajo_studio.domain.geometry import Box, PixelSize

Making = Literal["generated", "composite"]
"""How a file says software with a trained model had a part in it: made all of it, or put made parts
into a photo."""


@dataclass(frozen=True)
class SeenLine:
    """A line of text in a picture.

    Attributes:
        text: as read; may hold slips of the reader.
        box: where it stands.
        score: 0-1, how sure the reader is.
        height: of the line across its direction, as a part of the picture's height.
        row: lines of one row stand beside each other; rows count from the top as one reads.
        apart: more room than a word's lies between this line and the one before it in its row.
        level: whether the line runs level and upright, so that its left part is its beginning.
    """

    text: str
    box: Box
    score: float
    height: float
    row: int = 0
    apart: bool = False
    level: bool = True


@dataclass(frozen=True)
class SeenCode:
    """A QR code and what it says."""

    text: str
    box: Box


@dataclass(frozen=True)
class PictureSeen:
    """What a picture shows.

    Attributes:
        size: upright size of the picture in pixels.
        lines: in reading order.
        faces: largest first; found by their shape, never recognised.
        flat: share of the picture, 0-1, that is of one colour with what lies beside it.
        likeness: 64 bits in hex that stay nearly the same when the picture is scaled, compressed
            or made a little brighter.
    """

    size: PixelSize
    lines: tuple[SeenLine, ...] = ()
    faces: tuple[Box, ...] = ()
    codes: tuple[SeenCode, ...] = ()
    likeness: str = ""
    flat: float = 0.0


@dataclass(frozen=True)
class Flashing:
    """A stretch of a clip with more than three flashes within a second.

    Attributes:
        flashes: most of them within one second.
        kind: changes of brightness, or of saturated red.
    """

    start_s: float
    end_s: float
    flashes: int
    kind: Literal["general", "red"] = "general"


@dataclass(frozen=True)
class ClipHeard:
    """What the sound of a clip is like.

    Attributes:
        speech: stretches in which somebody speaks, in seconds of the source.
        music_s: seconds in which tones are held as only music holds them, outside speech or under.
        loudness_lufs: integrated, by ITU-R BS.1770; None for silence.
        peak_dbtp: true peak; None for silence.
        clipped: moments in which the recording ran into its ceiling, in seconds.
        quiet_start_s: seconds of silence before the first sound.
    """

    speech: tuple[tuple[float, float], ...] = ()
    music_s: float = 0.0
    loudness_lufs: float | None = None
    peak_dbtp: float | None = None
    clipped: tuple[float, ...] = ()
    quiet_start_s: float = 0.0


@dataclass(frozen=True)
class ClipSeen:
    """What a clip shows and lets hear.

    Attributes:
        span: the seconds of the source that were looked at.
        flashing: where it flashes.
        moments: pictures taken at changes of scene, with their time.
        sound: None where it has none.
    """

    span: tuple[float, float]
    flashing: tuple[Flashing, ...] = ()
    moments: tuple[tuple[float, PictureSeen], ...] = ()
    sound: ClipHeard | None = None


@dataclass(frozen=True)
class FileOrigin:
    """What a media file tells about where it comes from, beside its pixels.

    Attributes:
        location: it holds the place where it was taken.
        device: it holds the serial number of the device or the owner's name.
        making: what it says about software with a trained model; None where it says nothing.
        tool: the program it names; empty where it names none.
        signed: it carries content credentials (C2PA).
    """

    location: bool = False
    device: bool = False
    making: Making | None = None
    tool: str = ""
    signed: bool = False
