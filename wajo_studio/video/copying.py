"""Clips that already are what a placement asks for go over packet by packet, without loss."""

from itertools import pairwise
from pathlib import Path

from wajo_studio.progress import JobContext
from wajo_studio.video import source
from wajo_studio.video.boxes import box_names
from wajo_studio.video.command import QUIET, container_options, file_address
from wajo_studio.video.encode_plan import AUDIO_RATE_HZ, LOUDNESS_LUFS, TRUE_PEAK_DBTP, EncodePlan
from wajo_studio.video.invoke import run_ffmpeg
from wajo_studio.video.verify import ClipResult

_PROFILES = ("Constrained Baseline", "Main", "High")
_LOUDNESS_TOLERANCE_LU = 1.0
_IDR, _NAL_KINDS = 5, 0x1F


def may_be_copied(plan: EncodePlan) -> bool:
    """Whether the source is, as far as its header and packets tell, what ``plan`` asks for.

    Nothing may be drawn, cut or added; size, rate, codecs, colour and the distance and kind of
    the key frames have to be right. Loudness and the rest are seen in the result.

    Raises:
        MediaError: the source cannot be opened any more.
    """
    drawn = plan.overlays or plan.subtitles or plan.opener or plan.closer
    if drawn or plan.music or plan.wind_filter:
        return False
    if not plan.has_sound or len(plan.ranges) != 1 or plan.ranges[0].start_s != 0:
        return False
    with source.open_media(plan.source) as container:
        stream, sound = source.video_stream(container), source.audio_stream(container)
        if stream is None or sound is None or "mp4" not in container.format.name:
            return False
        if stream.frames != plan.frame_count or stream.average_rate != plan.frame_rate:
            return False
        if stream.codec_context.profile not in _PROFILES:
            return False
        track = source.read_video_track(plan.source, container, stream)
        audio = source.read_audio_track(sound)
        colour = (track.colour.matrix, track.colour.primaries, track.colour.transfer)
        facts = (
            (track.codec, "h264"),
            (track.pixel_format, "yuv420p"),
            (track.stored, plan.size),
            (track.pixel_aspect, 1),
            (track.rotation, 0),
            (track.mirrored, False),
            (track.interlaced, False),
            (track.first_pts, 0),
            (colour, ("bt709",) * 3),
            (track.colour.full_range, False),
            (audio and (audio.codec, audio.channels), ("aac", 2)),
            (audio and audio.sample_rate_hz, AUDIO_RATE_HZ),
        )
        if any(seen != wanted for seen, wanted in facts):
            return False
    if not plan.edit_list and "elst" in box_names(plan.source):
        return False  # without its edit list the sound would come too late
    return _packets_fit(plan)


def _packets_fit(plan: EncodePlan) -> bool:
    """Whether key frames stand close enough, are true ones, and the rate is kept."""
    keys, count, size_bytes = [], 0, 0
    with source.open_media(plan.source) as container:
        stream = source.video_stream(container)
        assert stream is not None
        for packet in container.demux(stream):
            if packet.size == 0:
                continue
            if packet.is_keyframe:
                if _IDR not in _nal_kinds(bytes(packet)):
                    return False
                keys.append(count)
            count, size_bytes = count + 1, size_bytes + packet.size
    near = all(later - earlier <= plan.gop_frames for earlier, later in pairwise([*keys, count]))
    kept = size_bytes * 8 <= plan.video_bitrate_bps * plan.duration_s
    return bool(keys) and near and kept and plan.source.stat().st_size <= plan.max_bytes


def _nal_kinds(packet: bytes) -> set[int]:
    """The kinds of units in a packet of H.264 in MP4, each led by its length in four bytes."""
    kinds: set[int] = set()
    place = 0
    while place + 4 < len(packet):
        kinds.add(packet[place + 4] & _NAL_KINDS)
        place += 4 + int.from_bytes(packet[place : place + 4], "big")
    return kinds


def copy_clip(plan: EncodePlan, part: Path, ctx: JobContext) -> None:
    """Write picture and sound of the source into ``part`` as they are, without its metadata.

    Raises:
        FfmpegError: it could not be done.
        Cancelled: the job was cancelled.
    """
    opened = source.read_source(plan.source)
    assert opened.audio is not None
    arguments = [
        *QUIET, "-y", "-protocol_whitelist", "file", "-f", opened.container.demuxer,
        "-i", file_address(plan.source),
        "-map", f"0:{opened.video.stream_index}", "-map", f"0:{opened.audio.stream_index}",
        "-c", "copy", "-map_metadata", "-1", "-map_chapters", "-1", "-fflags", "+bitexact",
        *container_options(plan), "-f", "mp4", file_address(part),
    ]  # fmt: skip
    run_ffmpeg(arguments, ctx)


def sounds_right(result: ClipResult) -> bool:
    """Whether a copied clip is as loud as clips are made."""
    level, peak = result.loudness_lufs, result.true_peak_dbtp
    if level is None or peak is None:
        return False
    return abs(level - LOUDNESS_LUFS) <= _LOUDNESS_TOLERANCE_LU and peak <= TRUE_PEAK_DBTP
