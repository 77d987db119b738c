"""Fonts known to the engine: faster, the very same pixels, and no harm where it cannot be."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CODE = """
import hashlib, subprocess, sys
from concurrent.futures import ThreadPoolExecutor
from tests.artwork_samples import artwork_request
from wajo_studio.artwork import enginefonts
from wajo_studio.artwork.paint import paint
requests = [artwork_request(shape, judul="Ж KTP-el") for shape in ("4:5", "16:9")] * 3
with ThreadPoolExecutor(4) as pool:
    pictures = [bytes(painted.pixels) for painted in pool.map(paint, requests)]
assert pictures[:2] * 3 == pictures
child = [sys.executable, "-c", "import os; print('FONTCONFIG_PATH' in os.environ)"]
assert subprocess.check_output(child, text=True).strip() == "False"  # it stays with the engine
print(enginefonts._answer[0], hashlib.sha256(b"".join(pictures)).hexdigest())
"""


BEGUN = """
import plutoprint
book = plutoprint.Book(plutoprint.PageSize(9, 9), plutoprint.PAGE_MARGINS_NONE)
book.load_html("Wajo")
book.get_document_height()
"""
SAMPLES = """
from wajo_studio.services.sample_media.vector import render
render('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>', 9, 9)
"""


def painted_in_a_new_process(home: Path, before: str = "") -> tuple[str, str]:
    """Whether the engine knew the fonts, and the hash of what four threads painted at once."""
    ended = subprocess.run(
        [sys.executable, "-c", before + CODE],
        cwd=ROOT,
        env={**os.environ, "WAJO_HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ended.returncode, ended.stderr) == (0, "")
    known, digest = ended.stdout.split()
    return known, digest


def test_both_ways_give_the_same_pixels(tmp_path: Path) -> None:
    fast = painted_in_a_new_process(tmp_path / "rumah & kantor é")
    file_in_the_way = tmp_path / "berkas"
    file_in_the_way.write_text("x", encoding="utf-8")
    slow = painted_in_a_new_process(file_in_the_way)
    assert slow[0] == "False"
    assert fast[1] == slow[1]
    if sys.platform == "linux":
        assert fast[0] == "True"


def test_an_engine_that_began_without_our_fonts_is_found_out(tmp_path: Path) -> None:
    late, fresh = (painted_in_a_new_process(tmp_path, before) for before in (BEGUN, ""))
    assert late[0] == "False"
    assert late[1] == fresh[1]


def test_drawing_the_sample_pictures_first_changes_nothing(tmp_path: Path) -> None:
    after, fresh = (painted_in_a_new_process(tmp_path, before) for before in (SAMPLES, ""))
    assert after == fresh
