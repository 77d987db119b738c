"""The sound bed of a story: cut or looped to its length, faded, levelled; silence without one."""

from dataclasses import dataclass
from pathlib import Path

from wajo_studio.errors import MediaError
from wajo_studio.i18n import N_
from wajo_studio.progress import JobContext
from wajo_studio.video import source
from wajo_studio.video.command import METER, REPORTING, file_address
from wajo_studio.video.containers import CONTAINERS
from wajo_studio.video.graph import AAC_PRIMING_SAMPLES, levelled
from wajo_studio.video.invoke import run_ffmpeg
from wajo_studio.video.loudness import Loudness, gain_to_target, parse_loudness
from wajo_studio.video.plan import AUDIO_RATE_HZ
from wajo_studio.video.story_plan import StoryPlan

_FADE_IN_S, _FADE_OUT_S = 0.5, 2.0
_SEAM_S = 0.05
"""A loop's end and beginning are faded so that the seam does not click."""


@dataclass(frozen=True)
class Music:
    """A sound track to play under a story.

    Attributes:
        path: a sound file, or a clip whose sound is used.
        demuxer: the only reader that may open it.
        stream_index: of the track.
        duration_s: length, as the file tells it.
    """

    path: Path
    demuxer: str
    stream_index: int
    duration_s: float

    @property
    def input_arguments(self) -> list[str]:
        """The track as an input of ffmpeg."""
        reader = ["-protocol_whitelist", "file", "-f", self.demuxer]
        return [*reader, "-i", file_address(self.path)]


def open_music(path: Path, duration_s: float) -> Music:
    """Find the sound track of a file.

    Args:
        path: the file.
        duration_s: its length.

    Raises:
        MediaError: the file cannot be read or holds no sound.
    """
    with source.open_media(path) as container:
        track = source.read_audio_track(source.audio_stream(container))
        if track is None:
            raise MediaError(
                N_("{file} holds no sound. Choose a sound file for the music."),
                code="media.no-sound",
                file=path.name,
            )
        demuxer = CONTAINERS[container.format.name].demuxer
        return Music(path, demuxer, track.stream_index, duration_s)


def sound_chain(plan: StoryPlan, music: Music | None, gain_db: float, number: int) -> str:
    """The filter chain of the story's sound, up to but without its output label.

    Args:
        plan: how long it has to be.
        music: None gives silence.
        gain_db: what the music is raised by.
        number: of the music among ffmpeg's inputs.
    """
    total = _samples(plan)
    cut = [] if plan.edit_list else [f"atrim=start_sample={AAC_PRIMING_SAMPLES}"]
    if music is None:
        silence = f"anullsrc=r={AUDIO_RATE_HZ}:cl=stereo"
        return ",".join([silence, f"atrim=end_sample={total}", *cut])
    filters = [*_bed(plan, music), *levelled(gain_db), "apad", f"atrim=end_sample={total}", *cut]
    return f"[{number}:{music.stream_index}]{','.join(filters)}"


def needed_gain_db(plan: StoryPlan, music: Music, ctx: JobContext) -> float:
    """What the bed has to be raised by to come out at the loudness of all clips.

    Raises:
        FfmpegError: the sound cannot be decoded.
        Cancelled: the job was cancelled.
    """

    def measured(gain_db: float | None) -> Loudness:
        raised = [] if gain_db is None else levelled(gain_db)
        chain = ",".join([*_bed(plan, music), *raised, METER])
        arguments = [
            "-loglevel", "info", "-nostats", *REPORTING, *music.input_arguments,
            "-filter_complex", f"[0:{music.stream_index}]{chain}[s]",
            "-map", "[s]", "-f", "null", "-",
        ]  # fmt: skip
        return parse_loudness(run_ffmpeg(arguments, ctx))

    return gain_to_target(measured)


def _samples(plan: StoryPlan) -> int:
    return round(plan.duration_s * AUDIO_RATE_HZ)


def _bed(plan: StoryPlan, music: Music) -> list[str]:
    """The music, exactly as long as the story where it is long enough or repeated."""
    total, length_s = _samples(plan), float(plan.duration_s)
    out_s = min(_FADE_OUT_S, length_s / 4)
    filters = [
        f"aresample={AUDIO_RATE_HZ}",
        "aformat=sample_fmts=fltp:channel_layouts=stereo",
        f"atrim=end_sample={total}",
        "asetpts=N/SR/TB",
    ]
    if music.duration_s < length_s:
        seam = f"afade=t=in:d={_SEAM_S}"
        filters += [seam, "areverse", seam, "areverse", f"aloop=loop=-1:size={total}"]
        filters += [f"atrim=end_sample={total}"]
    return [
        *filters,
        f"afade=t=in:d={min(_FADE_IN_S, length_s / 4):.6f}",
        f"afade=t=out:st={length_s - out_s:.6f}:d={out_s:.6f}",
    ]
