"""Writes the table of docs/video.md: every clip of a folder to four placements, measured.

``uv run python -m tools.video_table FOLDER`` makes the clips one file after the other in a
scratch folder, opens each result again and replaces the table between the marks in
``docs/video.md``. Clips of 30 s and more are cut to 10 s.
"""

import re
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from fractions import Fraction
from pathlib import Path

from wajo_studio.domain.media import ClipInfo, MediaItem
from wajo_studio.errors import WajoError
from wajo_studio.i18n import set_language
from wajo_studio.progress import Job
from wajo_studio.specs.loader import load_specs
from wajo_studio.specs.model import VideoSpec
from wajo_studio.video.encode_plan import EncodePlan
from wajo_studio.video.plan import plan_clip
from wajo_studio.video.probe import probe_media
from wajo_studio.video.run import encode_all
from wajo_studio.video.source import ClipSource, read_source
from wajo_studio.video.verify import ClipResult

PLACEMENTS = ("instagram.reel", "youtube.video", "x.post", "tiktok.video")
PAGE = Path(__file__).resolve().parent.parent / "docs" / "video.md"
BEGIN, END = "<!-- table: begin -->", "<!-- table: end -->"
LONG_S, CUT = 30.0, (2.0, 12.0)
SUFFIXES = {".mp4", ".mov", ".webm", ".3gp", ".avi", ".ts", ".mpg", ".mkv", ".mp3"}
HEAD = (
    "| file | placement | size | length (s) | error (ms) | turned | fps | LUFS | dBTP | colour"
    " | MB | seconds |\n|---|---|---|---|---|---|---|---|---|---|---|---|"
)


def rows_of(file: Path, specs: Mapping[str, VideoSpec], folder: Path) -> Iterator[str]:
    """The lines of one file: four results, or the sentence that refuses it."""
    try:
        info = probe_media(file)
        if not isinstance(info, ClipInfo):
            yield f"| {file.name} | sound only: no clip; serves as music | | | | | | | | | | |"
            return
        cut = info.duration_s >= LONG_S
        times = {"in": CUT[0], "out": CUT[1]} if cut else {}
        item = MediaItem.model_validate({"id": "clip", "path": file.name, **times})
        plans = [plan_clip(file, info, item, spec) for spec in specs.values()]
        targets = [folder / f"{number}.mp4" for number in range(len(plans))]
        begun = time.perf_counter()
        results = encode_all(list(zip(plans, targets, strict=True)), Job())
        taken_s = time.perf_counter() - begun
    except WajoError as error:
        yield f"| {file.name} | refused: {error} | | | | | | | | | | |"
        return
    name = file.name + (" (2-12 s)" if cut else "")
    if info.readable_until_s is not None:
        name += f" (damaged: its readable {info.readable_until_s:.2f} s)"
    facts = zip(specs, plans, targets, results, strict=True)
    for number, (placement, plan, target, result) in enumerate(facts):
        first = number == 0
        seconds = f"{taken_s:.1f}" if first else ""
        yield row(name if first else "", placement, plan, read_source(target), result, seconds)


def row(
    name: str,
    placement: str,
    plan: EncodePlan,
    made: ClipSource,
    result: ClipResult,
    seconds: str,
) -> str:
    """One line: what the finished file says of itself."""
    track, colour = made.video, made.video.colour
    upright = f"{track.rotation}°" + (" mirrored" if track.mirrored else "")
    error_ms = (result.duration_s - float(plan.duration_s)) * 1000
    tags = f"{colour.matrix}/{colour.primaries}/{colour.transfer}"
    cells = [
        name, placement, str(track.upright), f"{result.duration_s:.3f}", f"{error_ms:+.1f}",
        upright, shown_rate(result.fps), shown(result.loudness_lufs),
        shown(result.true_peak_dbtp), f"{tags} {'full' if colour.full_range else 'limited'}",
        f"{result.size_bytes / 1e6:.2f}", seconds,
    ]  # fmt: skip
    return f"| {' | '.join(cells)} |"


def shown(level: float | None) -> str:
    """A level, or that there is none to measure."""
    return "silent" if level is None else f"{level:.1f}"


def shown_rate(rate: Fraction) -> str:
    """A frame rate; fractions as they are."""
    return str(rate.numerator) if rate.denominator == 1 else f"{rate.numerator}/{rate.denominator}"


def main(folder: Path) -> int:
    """Make all clips and write the table; returns the exit status."""
    set_language("en")
    known = load_specs()
    specs: dict[str, VideoSpec] = {}
    for placement in PLACEMENTS:
        video = known[placement].video
        assert video is not None
        specs[placement] = video
    lines = [HEAD]
    for file in sorted(path for path in folder.iterdir() if path.suffix in SUFFIXES):
        with tempfile.TemporaryDirectory() as name:
            for line in rows_of(file, specs, Path(name)):
                print(line, flush=True)
                lines.append(line)
    page = PAGE.read_text(encoding="utf-8")
    table = f"{BEGIN}\n\n" + "\n".join(lines) + f"\n\n{END}"
    written = re.sub(f"{BEGIN}.*{END}", lambda _match: table, page, flags=re.DOTALL)
    PAGE.write_text(written, encoding="utf-8")
    return 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python -m tools.video_table FOLDER")
    sys.exit(main(Path(sys.argv[1])))
