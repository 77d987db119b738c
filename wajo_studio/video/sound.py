"""The sound of a clip as filters: kept ranges, level, music bed, exact length. Pure."""

from dataclasses import dataclass
from fractions import Fraction

from wajo_studio.video.encode_plan import AUDIO_RATE_HZ, TRUE_PEAK_DBTP, EncodePlan
from wajo_studio.video.filtergraph import FilterGraph
from wajo_studio.video.planned import PlannedClip
from wajo_studio.video.source import ClipSource, SoundSource

AAC_PRIMING_SAMPLES = 1024
"""Samples of silence that the AAC encoder puts first. Without an edit list nothing tells a
player to skip them, so the sound is handed over without its first 21 ms and stays in step."""

LIMITER_DBTP = TRUE_PEAK_DBTP - 1.0
"""Where peaks are held: lossy coding may add to them afterwards."""

_LIMITER_RATE_HZ = 192_000
_JOINT_FADE_S = 0.006
_MUSIC_FADE_IN_S = 0.4
_MUSIC_FADE_OUT_S = 1.5
_DUCKING = "sidechaincompress=threshold=0.02:ratio=8:attack=80:release=700:makeup=1"
_WIND_FILTER = ["highpass=f=100:poles=2"] * 2
"""24 dB for each octave below 100 Hz: under a voice's keynote, above most of the wind and of what
hands do to a phone. Our own choice."""

_STEREO = "aformat=sample_fmts=fltp:channel_layouts=stereo"


@dataclass(frozen=True)
class Levels:
    """What the parts are raised by, in dB: the source, the music, and both together."""

    source_db: float = 0.0
    music_db: float = 0.0
    whole_db: float = 0.0


_AS_IT_IS = Levels()


def kept_sound(graph: FilterGraph, plan: EncodePlan, source: ClipSource, zero_s: Fraction) -> str:
    """The sound of the kept ranges, joined, 48 kHz stereo, exactly as long as the picture."""
    assert source.audio is not None
    labels = []
    position_s = Fraction(0)
    for index, kept in enumerate(plan.ranges):
        end_s = position_s + kept.duration_s
        samples = round(end_s * AUDIO_RATE_HZ) - round(position_s * AUDIO_RATE_HZ)
        position_s = end_s
        start_s = float(zero_s + kept.start_s)
        fade_out_s = max(0.0, float(kept.duration_s) - _JOINT_FADE_S)
        labels.append(
            graph.chain(
                f"[{index}:{source.audio.stream_index}]",
                [
                    f"atrim=start={start_s:.6f}:end={start_s + float(kept.duration_s):.6f}",
                    f"asetpts=PTS-{start_s:.6f}/TB",
                    f"aresample={AUDIO_RATE_HZ}:async=1:min_hard_comp=0.05:first_pts=0",
                    _STEREO,
                    "apad",
                    f"atrim=end_sample={samples}",
                    f"afade=t=in:d={_JOINT_FADE_S}",
                    f"afade=t=out:st={fade_out_s:.6f}:d={_JOINT_FADE_S}",
                ],
            )
        )
    if len(labels) == 1:
        return labels[0]
    return graph.chain("".join(labels), [f"concat=n={len(labels)}:v=0:a=1"])


def whole_sound(
    graph: FilterGraph,
    plan: EncodePlan,
    source: ClipSource,
    zero_s: Fraction,
    levels: Levels,
    music: SoundSource | None,
) -> str:
    """The result's sound, levelled, exactly as long as the picture.

    Without source sound and music it is silence: networks refuse clips without a track.
    """
    return finished(graph, plan, mixed_sound(graph, plan, source, zero_s, levels, music), levels)


def finished(
    graph: FilterGraph, plan: PlannedClip, label: str | None, levels: Levels = _AS_IT_IS
) -> str:
    """A sound levelled, exactly as long as the picture, as the encoder wants it; or silence."""
    cut = [] if plan.edit_list else [f"atrim=start_sample={AAC_PRIMING_SAMPLES}"]
    if label is None:
        return graph.chain("", [f"anullsrc=r={AUDIO_RATE_HZ}:cl=stereo", *_whole(plan), *cut])
    return graph.chain(label, [*levelled(levels.whole_db), *_whole(plan), *cut])


def mixed_sound(
    graph: FilterGraph,
    plan: EncodePlan,
    source: ClipSource,
    zero_s: Fraction,
    levels: Levels,
    music: SoundSource | None,
) -> str | None:
    """Source and music at their own levels, the music softer where the source is heard.

    None where there is neither.
    """
    bed = music_bed(graph, plan, music, levels.music_db) if music else None
    if not plan.has_sound or source.audio is None:
        return bed
    opener = round(plan.opener_duration_s * AUDIO_RATE_HZ)
    delay = [f"adelay=delays={opener}S:all=1"] if opener else []
    cleaned = _WIND_FILTER if plan.wind_filter else []
    raised = [*cleaned, f"volume={levels.source_db:.3f}dB", *delay, *_whole(plan)]
    label = graph.chain(kept_sound(graph, plan, source, zero_s), raised)
    if bed is None:
        return label
    heard, key = graph.split(label, 2, "asplit")
    ducked = graph.chain(f"{bed}{key}", [_DUCKING])
    return graph.chain(f"{heard}{ducked}", ["amix=inputs=2:normalize=0:duration=first"])


def _whole(plan: PlannedClip) -> list[str]:
    return ["apad", f"atrim=end_sample={round(plan.duration_s * AUDIO_RATE_HZ)}"]


def music_bed(
    graph: FilterGraph, plan: PlannedClip, music: SoundSource, gain_db: float = 0.0
) -> str:
    """The music, repeated as often as needed, fading in and out with the result."""
    number = graph.input(music.path, "-stream_loop", "-1", "-f", music.container.demuxer)
    length_s = float(plan.duration_s)
    fade_out_s = min(_MUSIC_FADE_OUT_S, length_s / 2)
    return graph.chain(
        f"[{number}:{music.audio.stream_index}]",
        [
            f"aresample={AUDIO_RATE_HZ}",
            _STEREO,
            "asetpts=N/SR/TB",
            *_whole(plan),
            f"volume={gain_db:.3f}dB",
            f"afade=t=in:d={min(_MUSIC_FADE_IN_S, length_s / 2):.3f}",
            f"afade=t=out:st={length_s - fade_out_s:.6f}:d={fade_out_s:.6f}",
        ],
    )


def levelled(gain_db: float) -> list[str]:
    """Raise or lower the sound and hold its true peaks under the ceiling.

    The limiter works at four times the rate, where the peaks between samples show.
    """
    ceiling = 10 ** (LIMITER_DBTP / 20)
    return [
        f"volume={gain_db:.3f}dB",
        f"aresample={_LIMITER_RATE_HZ}",
        f"alimiter=limit={ceiling:.6f}:attack=5:release=60:level=0:latency=1",
        f"aresample={AUDIO_RATE_HZ}",
        _STEREO,
    ]
