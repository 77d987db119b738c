"""What a video or sound file really is, read from its content."""

import hashlib
import time
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from wajo_studio.domain.media import AudioInfo, ClipInfo
from wajo_studio.errors import MediaError
from wajo_studio.i18n import N_
from wajo_studio.video import source
from wajo_studio.video.containers import CONTAINERS
from wajo_studio.video.timing import Timing, analyse, clip_zero_s

if TYPE_CHECKING:
    from av.audio.stream import AudioStream
    from av.container import InputContainer
    from av.packet import Packet
    from av.stream import Stream
    from av.video.stream import VideoStream

_MOV = "mov,mp4,m4a,3gp,3g2,mj2"
_MATROSKA = "matroska,webm"
_GROWTH_WATCH_S = 0.5
_MISSING_S = Fraction(1, 2)
_MISSING_SHARE = Fraction(1, 100)
_TAIL_S = 12
_SOUND_TAIL_S = 1
"""How much longer than the picture a file's sound may be before the picture counts as cut."""


def probe_media(path: Path) -> ClipInfo | AudioInfo:
    """Read what ``path`` is: container, codecs, upright size, rate, length, colour, damage.

    Decodes only the first pictures (and the last ones of a damaged file), and reads every
    packet only where the file has no index that tells the times, so that an hour of video
    takes about as long as its digest.

    Raises:
        MediaError: empty, still being copied, unreadable, without picture and sound, or with
            a codec that cannot be decoded; one sentence says what and what to do.
    """
    try:
        size_before = path.stat().st_size
        info = _probe(path)
        damaged = isinstance(info, ClipInfo) and info.readable_until_s is not None
    except FileNotFoundError:
        size_before, damaged = 0, False
        with source.open_media(path):
            raise AssertionError("a missing file was opened") from None
    except MediaError:
        _refuse_growing(path, size_before)
        raise
    if damaged:
        _refuse_growing(path, size_before)
    if path.stat().st_size != size_before:
        raise _growing(path)
    return info


def _refuse_growing(path: Path, size_before: int) -> None:
    """Raise where the trouble with ``path`` is only that it is not all there yet."""
    if not path.exists():
        return
    time.sleep(_GROWTH_WATCH_S)
    if path.exists() and path.stat().st_size != size_before:
        raise _growing(path)


def _growing(path: Path) -> MediaError:
    return MediaError(
        N_("{file} is still being copied. Wait until the copy is finished, then add it again."),
        code="media.growing",
        file=path.name,
    )


def _probe(path: Path) -> ClipInfo | AudioInfo:
    with source.open_media(path) as container:
        stream = source.video_stream(container)
        if stream is None:
            return _probe_audio(path, container)
        return _probe_clip(path, container, stream)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@dataclass
class _Read:
    """What reading a track's packets showed, in its own time units."""

    starts: list[int] = field(default_factory=list)
    end: int = 0
    last_duration: int = 0
    broken: bool = False


def _probe_clip(path: Path, container: "InputContainer", stream: "VideoStream") -> ClipInfo:
    track = source.read_video_track(path, container, stream)
    sound = source.audio_stream(container)
    audio = source.read_audio_track(sound)
    pictures, sounds = _read_index(stream, track.first_pts), _Read()
    if pictures is None:
        pictures, sounds = _read_packets(path, stream.index, sound.index if sound else None)
    shown = sorted(time for time in pictures.starts if time >= track.first_pts)
    timing = analyse(shown or [track.first_pts], pictures.last_duration, track.time_base)
    zero_s = clip_zero_s(track.start_s, audio.start_s if audio else None, timing.frame_rate)
    end_s, damaged = _picture_end_s(path, container, stream, track, timing, pictures)
    if not damaged and sound is not None:
        end_s = max(end_s, _sound_end_s(container, sound, sounds))
    duration_s = float(end_s - zero_s)
    kind = CONTAINERS[container.format.name]
    return ClipInfo(
        format=container.format.name,
        size=track.upright,
        duration_s=duration_s,
        frame_rate=timing.frame_rate,
        variable_frame_rate=timing.variable,
        rotation=track.rotation,
        mirrored=track.mirrored,
        video_codec=track.codec,
        audio_codec=audio.codec if audio else None,
        audio_channels=audio.channels if audio else 0,
        pixel_format=track.pixel_format,
        colour_transfer=track.colour.transfer,
        interlaced=track.interlaced,
        readable_until_s=duration_s if damaged else None,
        expected_suffixes=kind.clip_suffixes,
        sha256=_digest(path),
    )


def _read_index(stream: "VideoStream", first_pts: int) -> _Read | None:
    """Times of the pictures from the file's index; None where it has none that is complete.

    An index tells when pictures are decoded. They are shown in another order and a little
    later, but the steps between them are the same.
    """
    entries = stream.index_entries
    if stream.container.format.name != _MOV or not stream.frames or len(entries) != stream.frames:
        return None
    times = sorted(entry.timestamp for entry in entries if not entry.is_discard)
    if not times:
        return None
    shift = first_pts - times[0]
    ends = (stream.start_time or 0) + (stream.duration or 0)
    last_duration = max(0, ends - times[-1] - shift)
    return _Read(starts=[time + shift for time in times], last_duration=last_duration)


def _read_packets(path: Path, *indices: int | None) -> tuple[_Read, ...]:
    """Read every packet of the tracks; pictures that an edit list hides do not count.

    Opens the file anew: not every container can be taken back to its start.
    """
    import av

    reads = {index: _Read() for index in indices if index is not None}
    with source.open_media(path) as container:
        try:
            for packet in container.demux([container.streams[index] for index in reads]):
                _note(packet, reads[packet.stream_index])
        except (av.error.FFmpegError, OSError):
            for read in reads.values():
                read.broken = True
    return tuple(_Read() if index is None else reads[index] for index in indices)


def _note(packet: "Packet[Stream]", read: _Read) -> None:
    if packet.pts is None or packet.is_discard:
        return
    if packet.is_corrupt:
        read.broken = True
        return
    end = packet.pts + (packet.duration or 0)
    read.starts.append(packet.pts)
    if end >= read.end:
        read.end, read.last_duration = end, packet.duration or 0


def _picture_end_s(
    path: Path,
    container: "InputContainer",
    stream: "VideoStream",
    track: source.VideoTrack,
    timing: Timing,
    pictures: _Read,
) -> tuple[Fraction, bool]:
    """Where the picture ends on the file's own clock, and whether the file is damaged."""
    length_s = timing.picture_end_s
    promised_s = _promised_s(container, stream, track)
    short = promised_s is not None and promised_s - length_s > max(
        _MISSING_S, promised_s * _MISSING_SHARE
    )
    if pictures.broken or short or _is_cut_off(path, stream):
        length_s = _decodable_s(container, stream, track, timing)
        return track.start_s + length_s, True
    if promised_s is not None and promised_s > 0 and container.format.name == _MOV:
        length_s = min(length_s, promised_s)
    return track.start_s + length_s, False


def _promised_s(
    container: "InputContainer", stream: "VideoStream", track: source.VideoTrack
) -> Fraction | None:
    """Length of the picture as the file's header tells it, counted from the first picture."""
    if stream.duration:
        ends = (stream.start_time or 0) + stream.duration
        return (ends - track.first_pts) * track.time_base
    if container.duration and container.format.name in (_MATROSKA, "flv", "asf"):
        whole_s = Fraction(container.duration, 1_000_000)
        return whole_s - (_SOUND_TAIL_S if source.audio_stream(container) else 0)
    return None


def _is_cut_off(path: Path, stream: "VideoStream") -> bool:
    """Whether the index names pictures that lie behind the end of the file."""
    size = path.stat().st_size
    entries = stream.index_entries
    return any(entry.pos + entry.size > size for entry in entries if entry.pos >= 0)


def _decodable_s(
    container: "InputContainer",
    stream: "VideoStream",
    track: source.VideoTrack,
    timing: Timing,
) -> Fraction:
    """How much of a damaged file's picture can be shown, by decoding its last seconds."""
    import av

    target = track.start_s + max(Fraction(0), timing.picture_end_s - _TAIL_S)
    last = track.first_pts
    try:
        container.seek(int(target / track.time_base), stream=stream, backward=True)
        for packet in container.demux(stream):
            try:
                frames = packet.decode()
            except av.error.FFmpegError:
                continue
            for frame in frames:
                if frame.pts is not None and not frame.is_corrupt:
                    last = max(last, frame.pts)
    except (av.error.FFmpegError, OSError):
        pass
    shown_s = (last - track.first_pts) * track.time_base + 1 / timing.frame_rate
    if timing.variable:
        return shown_s
    return round(shown_s * timing.frame_rate) / timing.frame_rate


def _sound_end_s(container: "InputContainer", stream: "AudioStream", read: _Read) -> Fraction:
    """End of the sound on the file's own clock."""
    base = Fraction(stream.time_base or Fraction(1, 48_000))
    end_s = read.end * base
    if not read.starts and not stream.duration:
        return Fraction(0)
    if container.format.name == _MOV and stream.duration and stream.frames:
        return ((stream.start_time or 0) + stream.duration) * base
    if container.format.name == _MATROSKA and container.duration:
        # The last packet may hold more than is meant to be heard.
        header_s = Fraction((container.start_time or 0) + container.duration, 1_000_000)
        return min(end_s, header_s) if header_s > 0 else end_s
    return end_s


def _probe_audio(path: Path, container: "InputContainer") -> AudioInfo:
    stream = source.audio_stream(container)
    track = source.read_audio_track(stream)
    if stream is None or track is None:
        raise _no_usable_track(path, container)
    (read,) = _read_packets(path, stream.index)
    if not read.starts:
        raise source.unreadable(path, "no sound packets")
    base = Fraction(stream.time_base or Fraction(1, 48_000))
    return AudioInfo(
        format=container.format.name,
        duration_s=float((read.end - min(read.starts)) * base),
        audio_codec=track.codec,
        expected_suffixes=CONTAINERS[container.format.name].audio_suffixes,
        sha256=_digest(path),
    )


def _no_usable_track(path: Path, container: "InputContainer") -> MediaError:
    if container.streams.video:
        return MediaError(
            N_(
                "{file} uses a video format this program cannot decode."
                " Save it as MP4 (H.264) on the device that made it and choose that file."
            ),
            code="media.codec",
            file=path.name,
        )
    return MediaError(
        N_("{file} holds neither a moving picture nor sound. Choose another file."),
        code="media.no_track",
        file=path.name,
    )
