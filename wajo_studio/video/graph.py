"""The filter graph of one encoder process: one decode, one branch for each result. Pure.

Inputs are numbered: first the source once for each kept range, each opened near its start,
then the pictures of overlays and stills in the order in which they are asked for.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from wajo_studio.video import picture
from wajo_studio.video.encode_plan import EncodePlan, Overlay, Still
from wajo_studio.video.filtergraph import FilterGraph
from wajo_studio.video.ranges import TimeRange, moment_in_result
from wajo_studio.video.reframe import FocusPoint
from wajo_studio.video.sound import AAC_PRIMING_SAMPLES, Levels, levelled, whole_sound
from wajo_studio.video.source import ClipSource, SoundSource
from wajo_studio.video.timing import clip_zero_s

__all__ = ["AAC_PRIMING_SAMPLES", "Outputs", "build_graph", "levelled"]


@dataclass(frozen=True)
class Outputs:
    """The labels to map: one picture and one sound for each plan."""

    graph: FilterGraph
    pictures: tuple[str, ...]
    sounds: tuple[str, ...]


def build_graph(
    plans: Sequence[EncodePlan],
    source: ClipSource,
    levels: Levels,
    music: SoundSource | None = None,
    subtitle_files: Sequence[str | None] = (),
    fonts: str = "fonts",
) -> Outputs:
    """Build the graph for plans that share source, ranges, rate, stills' lengths and sound.

    Args:
        plans: at least one.
        source: the source as opened now.
        levels: what source and music are raised by.
        music: the music of the plans, opened; None: none.
        subtitle_files: name of each plan's ASS file in the process's folder, or None.
        fonts: name of the folder with the fonts, in the process's folder.
    """
    first = plans[0]
    graph = FilterGraph(inputs_before=len(first.ranges))
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
    sound = whole_sound(graph, first, source, zero_s, levels, music)
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


def _picture(graph: FilterGraph, path: Path) -> str:
    """A PNG file as an input; the forced format takes no number pattern from its name."""
    return f"[{graph.input(path, '-f', 'png_pipe')}:v]"


_DRAWN = ("format=rgba", "scale=out_color_matrix=bt709:out_range=limited", "format=yuva420p")


def _with_overlay(graph: FilterGraph, plan: EncodePlan, label: str, overlay: Overlay) -> str:
    windows = overlay.windows(plan)
    if windows == ():
        return label
    drawn = graph.chain(_picture(graph, overlay.path), _DRAWN)
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
        return graph.chain(_picture(graph, part.path), filters)

    parts = [still(plan.opener), graph.chain(label, [picture.TAGS]), still(plan.closer)]
    count = sum(bool(part) for part in parts)
    rate = _rate(plan.frame_rate)
    return graph.chain("".join(parts), [f"concat=n={count}:v=1:a=0", f"fps=fps={rate}"])
