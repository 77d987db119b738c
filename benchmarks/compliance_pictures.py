"""(h) Pictures: population numbers found on mock documents, none invented on real photos; time.

Goals: at least 98 % of the numbers found (every document plain, turned, blurred, small, poorly
compressed, in a photo of a table, in the dark); nothing found on real photos and on scenes of
real clips. Real ones are taken from ``../shared/media``. ``--all`` reads every document in every
look, which takes some minutes; without it every sixth.
"""

import sys
import time
from collections import Counter
from collections.abc import Iterator

from benchmarks.common import ROOT, Row, show
from tests.mock_documents import MockPicture, mock_set
from wajo_studio.compliance.checks_pictures import card_box
from wajo_studio.compliance.seen_text import LEGIBLE, SeenText
from wajo_studio.compliance.texts.digits import is_nik, numbers
from wajo_studio.compliance.texts.reading import read
from wajo_studio.domain.media import ClipInfo
from wajo_studio.domain.seen import PictureSeen
from wajo_studio.errors import WajoError
from wajo_studio.photo.load import open_photo
from wajo_studio.photo.looking import look_at_picture
from wajo_studio.progress import Job
from wajo_studio.video.probe import probe_media
from wajo_studio.video.watching import watch

MEDIA = ROOT.parent / "shared" / "media"
GOAL_FOUND = 0.98


def found_numbers(seen: PictureSeen) -> set[str]:
    """The 16-digit numbers that the rules of personal data would look at."""
    return {n.digits for n in numbers(read(SeenText.of(seen.lines, LEGIBLE).text), 16)}


def measure_documents(pictures: Iterator[MockPicture]) -> tuple[int, int, list[float]]:
    """Numbers found, numbers there, seconds a picture."""
    found, there = 0, 0
    seconds: list[float] = []
    missed: Counter[str] = Counter()
    for picture in pictures:
        start = time.perf_counter()
        seen = look_at_picture(picture.image, Job())
        seconds.append(time.perf_counter() - start)
        wanted = {*picture.niks, *picture.cards}
        lacking = wanted - found_numbers(seen)
        found, there = found + len(wanted) - len(lacking), there + len(wanted)
        missed.update({f"{picture.kind}, {picture.look}": len(lacking)} if lacking else {})
        text = SeenText.of(seen.lines, LEGIBLE)
        if picture.kind in ("KTP", "KK", "SIM") and card_box(text) is None:
            missed[f"not told as a document: {picture.kind}, {picture.look}"] += 1
    for case, count in missed.items():
        print(f"  missed {count}: {case}")
    return found, there, seconds


def real_pictures() -> Iterator[tuple[str, PictureSeen]]:
    """Every photo of the collection, and moments of its clips."""
    for file in sorted((MEDIA / "photos").iterdir()):
        try:
            yield file.name, look_at_picture(open_photo(file), Job())
        except WajoError:
            continue
    for file in sorted((MEDIA / "videos").iterdir()):
        try:
            info = probe_media(file)
        except WajoError:
            continue
        if isinstance(info, ClipInfo):
            for time_s, image in watch(file, (0.0, info.duration_s), Job()).moments:
                yield f"{file.name} at {time_s:.1f} s", look_at_picture(image, Job())


def main() -> int:
    every = 1 if "--all" in sys.argv else 6
    found, there, seconds = measure_documents(mock_set(every=every))
    share = found / there
    print(f"numbers found: {found} of {there} ({share:.1%}) on {len(seconds)} pictures")
    invented = looked = 0
    if MEDIA.is_dir():
        for name, seen in real_pictures():
            looked += 1
            wrong = [n for n in found_numbers(seen) if is_nik(n)]
            if wrong or card_box(SeenText.of(seen.lines, LEGIBLE)):
                invented += 1
                print(f"  invented on {name}: {wrong}")
    print(f"real pictures: {looked}, of them with an invented number or document: {invented}")
    rows = [Row("one document: words, faces, codes (mean)", 1e3 * sum(seconds) / len(seconds))]
    show("Pictures", rows)
    return 0 if share >= GOAL_FOUND and not invented else 1


if __name__ == "__main__":
    sys.exit(main())
