"""A clip as the decoder sees it: tracks, orientation, colour, the time of the first picture.

``probe`` tells the rest of the program what a file is; this module holds what only the
encoder and the frame reader need to know, read again from the file when they start.
"""

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, cast

from wajo_studio.domain.geometry import PixelSize
from wajo_studio.errors import MediaError
from wajo_studio.i18n import N_
from wajo_studio.video.boxes import top_level_boxes
from wajo_studio.video.containers import ALLOWED_DEMUXERS, CONTAINERS, Container

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer as Buffer
    from av.audio.stream import AudioStream
    from av.container import InputContainer
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream

HDR_TRANSFERS = ("arib-std-b67", "smpte2084")
"""Hybrid log-gamma and perceptual quantiser."""

_FIRST_PACKETS = 400
"""Packets after which a file that gave no picture is called unreadable."""

_TRANSFERS = {
    1: "bt709", 4: "gamma22", 5: "gamma28", 6: "smpte170m", 7: "smpte240m", 8: "linear",
    11: "iec61966-2-4", 12: "bt1361e", 13: "iec61966-2-1", 14: "bt2020-10", 15: "bt2020-12",
    16: "smpte2084", 18: "arib-std-b67",
}  # fmt: skip
_MATRICES = {1: "bt709", 4: "fcc", 5: "bt470bg", 6: "smpte170m", 7: "smpte240m", 9: "bt2020nc"}
_PRIMARIES = {
    1: "bt709", 4: "bt470m", 5: "bt470bg", 6: "smpte170m", 7: "smpte240m", 8: "film",
    9: "bt2020", 11: "smpte431", 12: "smpte432",
}  # fmt: skip
_FULL_RANGE = 2
_SD_WIDTH_PX, _SD_HEIGHT_PX = 1280, 576


@dataclass(frozen=True)
class Colour:
    """Colour coding of the decoded pictures, by ffmpeg's names, never unspecified."""

    matrix: str
    primaries: str
    transfer: str
    full_range: bool

    @property
    def is_hdr(self) -> bool:
        """Whether the picture has to be tone mapped."""
        return self.transfer in HDR_TRANSFERS


@dataclass(frozen=True)
class VideoTrack:
    """The track whose pictures are shown.

    Attributes:
        stored: size of the decoded picture, before rotation and pixel aspect.
        pixel_aspect: width of a stored pixel divided by its height.
        rotation: clockwise degrees (0, 90, 180, 270) that make the picture upright, after the
            mirroring.
        mirrored: whether left and right have to be exchanged before rotating.
        first_pts: time of the first shown picture, in ``time_base`` units.
        average_rate: pictures per second as the file's header tells it.
    """

    stream_index: int
    codec: str
    stored: PixelSize
    pixel_aspect: Fraction
    rotation: int
    mirrored: bool
    pixel_format: str
    colour: Colour
    interlaced: bool
    time_base: Fraction
    first_pts: int
    average_rate: Fraction

    @property
    def start_s(self) -> Fraction:
        """Time of the first shown picture on the file's own clock, in seconds."""
        return self.first_pts * self.time_base

    @property
    def upright(self) -> PixelSize:
        """Size as displayed: pixel aspect and rotation applied."""
        width = max(1, round(self.stored.width * self.pixel_aspect))
        size = PixelSize(width, self.stored.height)
        return PixelSize(size.height, size.width) if self.rotation in (90, 270) else size


@dataclass(frozen=True)
class AudioTrack:
    """The track that is heard; ``start_s`` is its beginning on the file's own clock."""

    stream_index: int
    codec: str
    channels: int
    sample_rate_hz: int
    start_s: Fraction


@dataclass(frozen=True)
class ClipSource:
    """A clip, opened and understood."""

    path: Path
    container: Container
    format: str
    video: VideoTrack
    audio: AudioTrack | None


@dataclass(frozen=True)
class SoundSource:
    """A file whose sound is used, opened and understood."""

    path: Path
    container: Container
    audio: AudioTrack


@contextmanager
def open_media(path: Path) -> Iterator["InputContainer"]:
    """Open ``path`` with the allowed demuxers only.

    Raises:
        MediaError: the file is missing, empty, or no video or sound file.
    """
    import av

    try:
        if path.stat().st_size == 0:
            raise MediaError(
                N_("{file} is empty (0 bytes). Copy it from the phone or camera again."),
                code="media.empty",
                file=path.name,
            )
        container = av.open(
            str(path), metadata_errors="ignore", options={"format_whitelist": ALLOWED_DEMUXERS}
        )
    except FileNotFoundError as error:
        raise MediaError(
            N_("{file} was not found. Choose the file again."), file=path.name, detail=str(error)
        ) from error
    except PermissionError as error:
        raise MediaError(
            N_("{file} may not be read. Copy it to another folder and choose it there."),
            file=path.name,
            detail=str(error),
        ) from error
    except (av.error.FFmpegError, OSError, ValueError) as error:
        raise unreadable(path, str(error)) from error
    try:
        yield container
    finally:
        container.close()


def unreadable(path: Path, detail: str) -> MediaError:
    """The error for a file that no reader can make sense of."""
    if _is_mp4_without_index(path):
        return MediaError(
            N_(
                "{file} is incomplete: its index is missing, so nothing in it can be played."
                " Copy it from the phone again or record anew."
            ),
            code="media.incomplete",
            file=path.name,
            detail=detail,
        )
    return MediaError(
        N_(
            "{file} cannot be read as video or sound: it is damaged or of another kind."
            " Save it as MP4 (H.264) on the device that made it and choose that file."
        ),
        code="media.unreadable",
        file=path.name,
        detail=detail,
    )


def _is_mp4_without_index(path: Path) -> bool:
    names = [box.name for box in top_level_boxes(path)]
    return names[:1] == ["ftyp"] and "moov" not in names


def video_stream(container: "InputContainer") -> "VideoStream | None":
    """The track with the moving picture: decodable, no cover art, the demuxer's best first."""
    import av

    def usable(stream: "VideoStream") -> bool:
        still = bool(stream.disposition & av.stream.Disposition.attached_pic)
        return not still and stream.codec_context is not None

    best = container.streams.best("video")
    candidates = [s for s in container.streams.video if usable(s)]
    return best if best in candidates else next(iter(candidates), None)


def audio_stream(container: "InputContainer") -> "AudioStream | None":
    """The track with the sound: decodable and with channels, the demuxer's best first."""

    def usable(stream: "AudioStream") -> bool:
        context = stream.codec_context
        return context is not None and context.channels > 0 and context.sample_rate > 0

    best = container.streams.best("audio")
    candidates = [s for s in container.streams.audio if usable(s)]
    return best if best in candidates else next(iter(candidates), None)


def read_source(path: Path) -> ClipSource:
    """Open a clip and read what the encoder needs to know about it.

    Raises:
        MediaError: the file is no readable clip.
    """
    with open_media(path) as container:
        stream = video_stream(container)
        if stream is None:
            raise no_picture(path)
        return ClipSource(
            path=path,
            container=CONTAINERS[container.format.name],
            format=container.format.name,
            video=read_video_track(path, container, stream),
            audio=read_audio_track(audio_stream(container)),
        )


def read_sound(path: Path) -> SoundSource:
    """Open a file for its sound.

    Raises:
        MediaError: the file cannot be read or holds no sound.
    """
    with open_media(path) as container:
        audio = read_audio_track(audio_stream(container))
        if audio is None:
            raise MediaError(
                N_("{file} holds no sound. Choose another file as music."),
                code="media.no_sound",
                file=path.name,
            )
        return SoundSource(path, CONTAINERS[container.format.name], audio)


def no_picture(path: Path) -> MediaError:
    """The error for a file without a moving picture where a clip is needed."""
    return MediaError(
        N_("{file} holds no moving picture. Choose a video file, or use it as music."),
        code="media.no_picture",
        file=path.name,
    )


def read_audio_track(stream: "AudioStream | None") -> AudioTrack | None:
    """Describe the sound track, if there is one."""
    if stream is None:
        return None
    context = stream.codec_context
    base = Fraction(stream.time_base or Fraction(1, context.sample_rate))
    return AudioTrack(
        stream.index,
        _codec_name(context.name),
        context.channels,
        context.sample_rate,
        start_s=(stream.start_time or 0) * base,
    )


def read_video_track(path: Path, container: "InputContainer", stream: "VideoStream") -> VideoTrack:
    """Decode the first picture of ``stream`` and describe the track by it.

    Reads from the container's present position, which must be its start.

    Raises:
        MediaError: no picture can be decoded.
    """
    frames = _first_frames(path, container, stream)
    first = frames[0]
    rotation, mirrored = orientation(first)
    stored = PixelSize(first.width, first.height)
    aspect = stream.sample_aspect_ratio or stream.codec_context.sample_aspect_ratio
    return VideoTrack(
        stream_index=stream.index,
        codec=_codec_name(stream.codec_context.name),
        stored=stored,
        pixel_aspect=Fraction(aspect) if aspect else Fraction(1),
        rotation=rotation,
        mirrored=mirrored,
        pixel_format=first.format.name,
        colour=colour_of(first),
        interlaced=sum(frame.interlaced_frame for frame in frames) * 2 > len(frames),
        time_base=Fraction(stream.time_base or Fraction(1, 90_000)),
        first_pts=int(first.pts or 0),
        average_rate=Fraction(stream.average_rate or 25),
    )


def _first_frames(
    path: Path, container: "InputContainer", stream: "VideoStream", most: int = 5
) -> list["VideoFrame"]:
    import av

    frames: list[VideoFrame] = []
    problem = ""
    try:
        for count, packet in enumerate(container.demux(stream)):
            try:
                frames.extend(packet.decode())
            except av.error.FFmpegError as error:
                problem = str(error)
            if len(frames) >= most or count > _FIRST_PACKETS:
                break
    except (av.error.FFmpegError, OSError) as error:
        problem = str(error)
    if not frames:
        raise unreadable(path, problem or "no picture could be decoded")
    return frames


def orientation(frame: "VideoFrame") -> tuple[int, bool]:
    """Clockwise degrees and mirroring that make ``frame`` upright, from its display matrix.

    Angles between the quarters go to the nearest one. The mirroring (left against right)
    comes first, the rotation after it.
    """
    entry = frame.side_data.get("DISPLAYMATRIX")
    if entry is None:
        return 0, False
    a, b, _u, c, d, _v, _x, _y, _w = struct.unpack("=9i", bytes(cast("Buffer", entry)))
    return orientation_of_matrix(a, b, c, d)


def orientation_of_matrix(a: int, b: int, c: int, d: int) -> tuple[int, bool]:
    """The same from the matrix: a stored point (x, y) is shown at (a x + c y, b x + d y)."""
    mirrored = a * d - b * c < 0
    if mirrored:
        a, b = -a, -b
    if abs(a) >= abs(b):
        return (0 if a >= 0 else 180), mirrored
    return (90 if b > 0 else 270), mirrored


def colour_of(frame: "VideoFrame") -> Colour:
    """The colour coding of ``frame``; what the file leaves open is taken by picture size.

    Untagged pictures of HD size are BT.709, smaller ones BT.601: the rule every player uses.
    """
    small = frame.width < _SD_WIDTH_PX and frame.height <= _SD_HEIGHT_PX
    matrix = _MATRICES.get(int(frame.colorspace))
    transfer = _TRANSFERS.get(int(frame.color_trc), "bt709")
    primaries = _PRIMARIES.get(int(frame.color_primaries))
    if matrix is None:
        wide = primaries == "bt2020" or transfer in HDR_TRANSFERS
        matrix = "bt2020nc" if wide else "smpte170m" if small else "bt709"
    if primaries is None:
        primaries = "bt2020" if matrix == "bt2020nc" else "bt709"
    full = int(frame.color_range) == _FULL_RANGE or frame.format.name.startswith("yuvj")
    return Colour(matrix, primaries, transfer, full)


def _codec_name(decoder: str) -> str:
    """The codec's name where the decoder in use has one of its own."""
    return {"libdav1d": "av1", "libaom-av1": "av1", "mp3float": "mp3", "libvpx-vp9": "vp9"}.get(
        decoder, decoder
    )
