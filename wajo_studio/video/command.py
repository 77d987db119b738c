"""From plans to the arguments of one ffmpeg process. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from wajo_studio.video.encode_plan import AUDIO_RATE_HZ, EncodePlan
from wajo_studio.video.encoders import SOFTWARE, picture_options
from wajo_studio.video.filtergraph import FilterGraph
from wajo_studio.video.graph import build_graph
from wajo_studio.video.planned import PlannedClip
from wajo_studio.video.sound import Levels, levelled, mixed_sound
from wajo_studio.video.source import ClipSource, SoundSource

QUIET = ["-loglevel", "warning", "-nostats"]
REPORTING = ["-progress", "pipe:1", "-stats_period", "0.25"]


@dataclass(frozen=True)
class Output:
    """One result: its plan, where it goes, and its subtitles' file in the work folder."""

    plan: EncodePlan
    path: Path
    subtitle_file: str | None = None


def encode_arguments(
    outputs: Sequence[Output],
    source: ClipSource,
    seeks_s: Sequence[float | None],
    levels: Levels,
    music: SoundSource | None = None,
    encoder: str = SOFTWARE,
) -> list[str]:
    """The arguments that make all ``outputs`` in one process with one decode.

    Args:
        outputs: at least one; their plans share what :func:`decode_key` names.
        source: the source as opened now.
        seeks_s: for each kept range where to start reading, seconds after the file's start.
        levels: what source and music are raised by.
        music: the music of the plans, opened; None: none.
        encoder: the picture's, by ffmpeg's name.
    """
    plans = [output.plan for output in outputs]
    built = build_graph(plans, source, levels, music, [output.subtitle_file for output in outputs])
    arguments = [*QUIET, *REPORTING, "-y", *source_inputs(source, seeks_s)]
    arguments += graph_inputs(built.graph)
    arguments += ["-filter_complex", str(built.graph)]
    for output, video, audio in zip(outputs, built.pictures, built.sounds, strict=True):
        arguments += ["-map", video, "-map", audio, *output_options(output.plan, encoder)]
        arguments.append(file_address(output.path))
    return arguments


def decode_key(plan: EncodePlan) -> tuple[object, ...]:
    """Plans with equal keys can be made by one process from one decode."""
    return (
        plan.source_sha256,
        plan.ranges,
        plan.frame_rate,
        plan.source_frame_rate,
        plan.has_sound,
        plan.opener_duration_s,
        plan.closer.duration_s if plan.closer else Fraction(0),
        plan.edit_list,
        plan.music.digest if plan.music else None,
        plan.wind_filter,
    )


def loudness_arguments(
    plan: EncodePlan,
    source: ClipSource,
    seeks_s: Sequence[float | None],
    zero_s: Fraction,
    levels: Levels,
    music: SoundSource | None = None,
    *,
    limited: bool,
) -> list[str]:
    """The arguments that measure the result's sound and write nothing.

    Args:
        plan: what is kept.
        source: the source as opened now.
        seeks_s: as for :func:`encode_arguments`.
        zero_s: the clip's zero on the file's own clock.
        levels: what the parts are raised by.
        music: the music of the plan, opened; None: leave it out.
        limited: whether the whole is raised and limited as in the result, or left as it is.

    Raises:
        ValueError: there is neither sound nor music.
    """
    graph = FilterGraph(inputs_before=len(plan.ranges))
    sound = mixed_sound(graph, plan, source, zero_s, levels, music)
    if sound is None:
        raise ValueError("nothing to measure")
    raised = levelled(levels.whole_db) if limited else []
    measured = graph.chain(sound, [*raised, METER])
    arguments = ["-loglevel", "info", "-nostats", *REPORTING, *source_inputs(source, seeks_s)]
    arguments += graph_inputs(graph)
    return [*arguments, "-filter_complex", str(graph), "-map", measured, "-f", "null", "-"]


def file_loudness_arguments(
    sound: SoundSource, part: tuple[float, float] | None = None
) -> list[str]:
    """The arguments that measure a sound file, whole or from one second to another."""
    seek = ["-ss", f"{part[0]:.3f}", "-t", f"{part[1] - part[0]:.3f}"] if part else []
    return [
        "-nostats", "-protocol_whitelist", "file", "-f", sound.container.demuxer, *seek,
        "-i", file_address(sound.path), "-map", f"0:{sound.audio.stream_index}", "-af", METER,
        "-f", "null", "-",
    ]  # fmt: skip


METER = "ebur128=peak=true:framelog=quiet"


def source_inputs(source: ClipSource, seeks_s: Sequence[float | None]) -> list[str]:
    """The source as an input once for each kept range.

    Times stay those of the file (``-copyts``) and the cut itself is left to the filters: the
    seek only decides how much is decoded for nothing. The demuxer is forced and no address
    but local files is allowed, so a crafted file cannot reach out.
    """
    arguments = ["-copyts"]
    for seek_s in seeks_s:
        arguments += ["-noautorotate", "-noaccurate_seek", "-display_rotation", "0"]
        arguments += ["-reinit_filter:v", "0"]
        if seek_s is not None:
            arguments += ["-ss", f"{seek_s:.6f}"]
        arguments += ["-protocol_whitelist", "file", "-f", source.container.demuxer]
        arguments += ["-i", file_address(source.path)]
    return arguments


def graph_inputs(graph: FilterGraph) -> list[str]:
    """The files that a graph asked for, as further inputs."""
    arguments: list[str] = []
    for options, path in graph.inputs:
        arguments += [*options, "-i", file_address(path)]
    return arguments


def file_address(path: Path) -> str:
    """A path as ffmpeg takes it without seeing an option or another protocol in it."""
    return f"file:{path.absolute()}"


def output_options(plan: PlannedClip, encoder: str = SOFTWARE) -> list[str]:
    """How picture and sound are encoded and put into the file."""
    return [
        *picture_options(plan, encoder), "-flags:v", "+cgop+bitexact",
        "-fps_mode", "passthrough",
        "-color_range", "tv", "-color_primaries", "bt709",
        "-color_trc", "bt709", "-colorspace", "bt709",
        "-c:a", "aac", "-b:a", str(plan.audio_bitrate_bps), "-ar", str(AUDIO_RATE_HZ), "-ac", "2",
        "-flags:a", "+bitexact",
        "-map_metadata", "-1", "-map_chapters", "-1", "-dn", "-sn",
        "-fflags", "+bitexact", *container_options(plan), "-f", "mp4",
    ]  # fmt: skip


def container_options(plan: PlannedClip) -> list[str]:
    """Index in front; without an edit list the first picture still stands at zero.

    B-frames would need an edit list to start at zero; offsets below zero do it without.
    """
    if plan.edit_list:
        return ["-movflags", "+faststart"]
    return ["-movflags", "+faststart+negative_cts_offsets", "-use_editlist", "0"]
