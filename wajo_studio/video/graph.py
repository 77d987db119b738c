"""The filter graph of one encoder process: one decode, one branch for each result. Pure.

Inputs are numbered: first the source once for each kept range, each opened near its start,
then the pictures of overlays and stills in the order in which they are asked for.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

from wajo_studio.video import picture
from wajo_studio.video.plan import (
    AUDIO_RATE_HZ,
    TRUE_PEAK_DBTP,
    EncodePlan,
    Overlay,
    Still,
)
from wajo_studio.video.ranges import TimeRange, moment_in_result
from wajo_studio.video.reframe import FocusPoint
from wajo_studio.video.source import ClipSource
from wajo_studio.video.timing import clip_zero_s

AAC_PRIMING_SAMPLES = 1024
"""Samples of silence that the AAC encoder puts first. Without an edit list nothing tells a
player to skip them, so the sound is handed over without its first 21 ms and stays in step."""

_JOINT_FADE_S = 0.006
_LIMITER_RATE_HZ = 192_000
LIMITER_DBTP = TRUE_PEAK_DBTP - 1.0
"""Where peaks are held: lossy coding may add to them afterwards."""


@dataclass
class FilterGraph:
    """Filter chains with labels, and the picture files they need as inputs."""

    first_picture_input: int
    chains: list[str] = field(default_factory=list)
    pictures: list[Path] = field(default_factory=list)
    _labels: int = 0

    def label(self) -> str:
        """A new label."""
        self._labels += 1
        return f"[s{self._labels}]"

    def chain(self, inputs: str, filters: Sequence[str], outputs: str | None = None) -> str:
        """Add a chain; returns its output labels."""
        outputs = outputs or self.label()
        self.chains.append(f"{inputs}{','.join(filters) or 'null'}{outputs}")
        return outputs

    def split(self, label: str, count: int, kind: str = "split") -> list[str]:
        """Hand one stream to several takers."""
        if count == 1:
            return [label]
        labels = [self.label() for _ in range(count)]
        self.chain(label, [f"{kind}={count}"], "".join(labels))
        return labels

    def picture(self, path: Path) -> str:
        """Use ``path`` as an input; returns its label."""
        self.pictures.append(path)
        return f"[{self.first_picture_input + len(self.pictures) - 1}:v]"

    def __str__(self) -> str:
        return ";".join(self.chains)


@dataclass(frozen=True)
class Outputs:
    """The labels to map: one picture and one sound for each plan."""

    graph: FilterGraph
    pictures: tuple[str, ...]
    sounds: tuple[str, ...]


def build_graph(
    plans: Sequence[EncodePlan],
    source: ClipSource,
    gain_db: float = 0.0,
    subtitle_files: Sequence[str | None] = (),
    fonts: str = "fonts",
) -> Outputs:
    """Build the graph for plans that share source, ranges, rate, stills' lengths and sound.

    Args:
        plans: at least one.
        source: the source as opened now.
        gain_db: what the source's sound is raised by.
        subtitle_files: name of each plan's ASS file in the process's folder, or None.
        fonts: name of the folder with the fonts, in the process's folder.
    """
    first = plans[0]
    graph = FilterGraph(first_picture_input=len(first.ranges))
    zero_s = clip_zero_s(
        source.video.start_s,
        source.audio.start_s if source.audio else None,
        first.source_frame_rate,
    )
    base = _joined_picture(graph, first, source, zero_s)
    names = subtitle_files or [None] * len(plans)
    pictures = [
        _branch(graph, plan, source, label, name, fonts)
        for plan, label, name in zip(plans, graph.split(base, len(plans)), names, strict=True)
    ]
    sound = _sound(graph, first, source, zero_s, gain_db)
    return Outputs(graph, tuple(pictures), tuple(graph.split(sound, len(plans), "asplit")))


def _joined_picture(
    graph: FilterGraph, plan: EncodePlan, source: ClipSource, zero_s: Fraction
) -> str:
    """The kept ranges in the result's frame rate, in order, still as stored."""
    labels = [
        graph.chain(
            f"[{index}:{source.video.stream_index}]",
            _range_filters(plan, source, zero_s + kept.start_s, kept),
        )
        for index, kept in enumerate(plan.ranges)
    ]
    if len(labels) == 1:
        return labels[0]
    return graph.chain("".join(labels), [f"concat=n={len(labels)}:v=1:a=0"])


def _range_filters(
    plan: EncodePlan, source: ClipSource, start_s: Fraction, kept: TimeRange
) -> list[str]:
    """Exactly the frames of one range, starting at 0, at the result's constant rate.

    ``fps`` shows at each moment the frame that is on screen then, ``tpad`` holds the last one
    where the sound is longer than the picture, ``trim`` counts frames: the result has as many
    as planned whatever the times in the file look like.
    """
    base = source.video.time_base
    frames = round(kept.duration_s * plan.frame_rate)
    deinterlace = ["trim=start=-0.5", "bwdif=mode=send_frame"] if source.video.interlaced else []
    return [
        f"settb={base.numerator}/{base.denominator}",
        f"setpts=PTS-{round(start_s / base)}",
        *deinterlace,
        f"fps=fps={_rate(plan.frame_rate)}:start_time=0:round=near",
        "tpad=stop=-1:stop_mode=clone",
        f"trim=end_frame={frames}",
        "sidedata=mode=delete",
    ]


def _rate(rate: Fraction) -> str:
    return f"{rate.numerator}/{rate.denominator}"


def _branch(
    graph: FilterGraph,
    plan: EncodePlan,
    source: ClipSource,
    label: str,
    subtitle_file: str | None,
    fonts: str,
) -> str:
    """One result's picture: reframed, with overlays, stills and subtitles."""
    focus = [
        FocusPoint(moment_in_result(plan.ranges, point.time_s), point.x, point.y)
        for point in plan.focus
    ]
    placed = picture.place(source.video, plan.size, plan.reframe, focus)
    if plan.reframe == "fit-blur" and placed.box.size != plan.size:
        label = _with_blurred_bars(graph, graph.chain(label, placed.filters), placed, plan)
    else:
        bars = picture.colour_bars(placed, plan.size, plan.colour)
        label = graph.chain(label, [*placed.filters, *bars])
    for overlay in plan.overlays:
        label = _with_overlay(graph, plan, label, overlay)
    label = _with_stills(graph, plan, label)
    burn = [f"ass=filename={subtitle_file}:fontsdir={fonts}"] if subtitle_file else []
    return graph.chain(label, [*burn, "format=yuv420p", "setsar=1", picture.TAGS])


def _with_blurred_bars(
    graph: FilterGraph, label: str, placed: picture.Placed, plan: EncodePlan
) -> str:
    bars = picture.blurred_bars(placed, plan.size)
    upright, copy = graph.split(label, 2)
    strips = graph.split(graph.chain(copy, bars.backdrop), 2)
    before, behind = (
        graph.chain(strip, filters) for strip, filters in zip(strips, bars.strips, strict=True)
    )
    return graph.chain(f"{before}{upright}{behind}", [bars.join])


_DRAWN = ("format=rgba", "scale=out_color_matrix=bt709:out_range=limited", "format=yuva420p")


def _with_overlay(graph: FilterGraph, plan: EncodePlan, label: str, overlay: Overlay) -> str:
    windows = overlay.windows(plan)
    if windows == ():
        return label
    drawn = graph.chain(graph.picture(overlay.path), _DRAWN)
    place = f"overlay=x={overlay.x}:y={overlay.y}:format=yuv420"
    if windows is None:
        return graph.chain(f"{label}{drawn}", [place])
    for window, copy in zip(windows, graph.split(drawn, len(windows)), strict=True):
        shown = graph.chain(copy, _shown_in(window, plan.frame_rate, overlay.fade_s))
        label = graph.chain(f"{label}{shown}", [f"{place}:eof_action=pass"])
    return label


def _shown_in(window: TimeRange, rate: Fraction, fade_s: float) -> list[str]:
    """Repeat a single picture for the frames of ``window``, fading in and out."""
    first, last = round(window.start_s * rate), round(window.end_s * rate)
    count = max(1, last - first)
    start_s, length_s = float(first / rate), float(count / rate)
    filters = [*_repeated(count, rate, first)]
    fade_s = min(fade_s, length_s / 2)
    if fade_s > 0:
        out_s = start_s + length_s - fade_s
        filters += [
            f"fade=t=in:st={start_s:.6f}:d={fade_s:.6f}:alpha=1",
            f"fade=t=out:st={out_s:.6f}:d={fade_s:.6f}:alpha=1",
        ]
    return filters


def _repeated(count: int, rate: Fraction, first: int = 0) -> list[str]:
    loop = [f"loop=loop={count - 1}:size=1:start=0"] if count > 1 else []
    return [*loop, f"settb={rate.denominator}/{rate.numerator}", f"setpts=N+{first}"]


def _with_stills(graph: FilterGraph, plan: EncodePlan, label: str) -> str:
    if plan.opener is None and plan.closer is None:
        return label
    size = f"{plan.size.width}:{plan.size.height}"

    def still(part: Still | None) -> str:
        if part is None:
            return ""
        filters = [
            "format=rgb24",
            f"scale={size}:flags=lanczos:out_color_matrix=bt709:out_range=limited",
            "format=yuv420p",
            "setsar=1",
            picture.TAGS,
            *_repeated(round(part.duration_s * plan.frame_rate), plan.frame_rate),
        ]
        return graph.chain(graph.picture(part.path), filters)

    parts = [still(plan.opener), graph.chain(label, [picture.TAGS]), still(plan.closer)]
    count = sum(bool(part) for part in parts)
    rate = _rate(plan.frame_rate)
    return graph.chain("".join(parts), [f"concat=n={count}:v=1:a=0", f"fps=fps={rate}"])


def sound_ranges(graph: FilterGraph, plan: EncodePlan, source: ClipSource, zero_s: Fraction) -> str:
    """The sound of the kept ranges, joined, 48 kHz stereo, exactly as long as the picture."""
    assert source.audio is not None
    labels = []
    position_s = Fraction(0)
    for index, kept in enumerate(plan.ranges):
        end_s = position_s + kept.duration_s
        samples = round(end_s * AUDIO_RATE_HZ) - round(position_s * AUDIO_RATE_HZ)
        position_s = end_s
        start_s = float(zero_s + kept.start_s)
        fade_out_s = float(kept.duration_s) - _JOINT_FADE_S
        labels.append(
            graph.chain(
                f"[{index}:{source.audio.stream_index}]",
                [
                    f"atrim=start={start_s:.6f}:end={start_s + float(kept.duration_s):.6f}",
                    f"asetpts=PTS-{start_s:.6f}/TB",
                    f"aresample={AUDIO_RATE_HZ}:async=1:min_hard_comp=0.05:first_pts=0",
                    "aformat=sample_fmts=fltp:channel_layouts=stereo",
                    "apad",
                    f"atrim=end_sample={samples}",
                    f"afade=t=in:d={_JOINT_FADE_S}",
                    f"afade=t=out:st={max(0.0, fade_out_s):.6f}:d={_JOINT_FADE_S}",
                ],
            )
        )
    if len(labels) == 1:
        return labels[0]
    return graph.chain("".join(labels), [f"concat=n={len(labels)}:v=0:a=1"])


def _sound(
    graph: FilterGraph, plan: EncodePlan, source: ClipSource, zero_s: Fraction, gain_db: float
) -> str:
    total = round(plan.duration_s * AUDIO_RATE_HZ)
    cut = [] if plan.edit_list else [f"atrim=start_sample={AAC_PRIMING_SAMPLES}"]
    if not plan.has_sound or source.audio is None:
        silence = f"anullsrc=r={AUDIO_RATE_HZ}:cl=stereo"
        return graph.chain("", [silence, f"atrim=end_sample={total}", *cut])
    label = sound_ranges(graph, plan, source, zero_s)
    opener = round(plan.opener_duration_s * AUDIO_RATE_HZ)
    delay = [f"adelay=delays={opener}S:all=1"] if opener else []
    pad = ["apad", f"atrim=end_sample={total}"]
    return graph.chain(label, [*levelled(gain_db), *delay, *pad, *cut])


def levelled(gain_db: float) -> list[str]:
    """Raise or lower the sound and keep its true peaks under the ceiling.

    The limiter works at four times the rate, where the peaks between samples show.
    """
    ceiling = 10 ** (LIMITER_DBTP / 20)
    return [
        f"volume={gain_db:.3f}dB",
        f"aresample={_LIMITER_RATE_HZ}",
        f"alimiter=limit={ceiling:.6f}:attack=5:release=60:level=0:latency=1",
        f"aresample={AUDIO_RATE_HZ}",
        "aformat=sample_fmts=fltp:channel_layouts=stereo",
    ]
