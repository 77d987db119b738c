"""Making the bundled fonts known to the painter's engine once, instead of once per page.

A font named by ``@font-face`` is opened anew for every page, size and weight; that was 70 % of
the time of painting. A font the engine finds through fontconfig is opened once per process.
Both ways must give the very same pixels: that is tried at the first page, and where it fails
(a folder that cannot be written, a path fontconfig cannot read, an engine that already began)
pages keep their ``@font-face`` rules and are merely slower.
"""

import logging
import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from xml.sax.saxutils import escape

import plutoprint

from wajo_studio import atomic
from wajo_studio.artwork.fonts import FAMILIES, bundled_fonts
from wajo_studio.paths import cache_dir

_PATH = "FONTCONFIG_PATH"
_log = logging.getLogger(__name__)
_lock = threading.Lock()
_answer: list[bool] = []


def registered(same_pixels: Callable[[], bool]) -> bool:
    """Whether the engine finds the bundled fonts by itself; found out at the first call.

    Args:
        same_pixels: paints with and without ``@font-face`` rules and compares.
    """
    if not _answer:
        with _lock:
            if not _answer:
                _answer.append(_register() and same_pixels())
                _take_back()
                _log.info("bundled fonts known to the engine: %s", _answer[0])
    return _answer[0]


def _register() -> bool:
    """Tell the engine where the fonts lie, before it looks for any."""
    folder = cache_dir() / "fontconfig"
    known = _configurations()
    text = _configuration(known)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / "fonts.conf"
        if not file.is_file() or file.read_text(encoding="utf-8") != text:
            atomic.write_text(file, text)
    except OSError as error:
        _log.info("no fontconfig file: %s", error)
        return False
    plutoprint.plutobook_set_fontconfig_path(os.pathsep.join(map(str, (folder, *known))))
    return True


def _take_back() -> None:
    """Take the path out of the process's environment, where the engine has put it.

    It was read with the first page; the window's own letters must not be hinted after it.
    """
    before = os.environ.get(_PATH)
    if before is None:
        os.unsetenv(_PATH)
    else:
        os.putenv(_PATH, before)


def _configurations() -> tuple[Path, ...]:
    """Folders with a fonts.conf, in the order in which plutoprint looks for one."""
    folders = [Path(part) for part in os.environ.get(_PATH, "").split(os.pathsep)]
    if sys.platform == "linux":
        folders.append(Path("/etc/fonts"))
    folders.append(Path(plutoprint.__file__).parent / "fontconfig")
    return tuple(folder for folder in folders if (folder / "fonts.conf").is_file())


def _configuration(known: tuple[Path, ...]) -> str:
    """A fonts.conf: our folders, then the one that would have been read without us.

    The rule for our families says what fonts of ``@font-face`` get; without it the system's
    hinting would change the letters from PC to PC.
    """
    folders = sorted({str(path.parent) for path in bundled_fonts().values()})
    lines = [f"<dir>{escape(folder)}</dir>" for folder in folders]
    if known:
        lines.append(
            f'<include ignore_missing="yes">{escape(str(known[0] / "fonts.conf"))}</include>'
        )
    for family in FAMILIES:
        lines.append(
            f'<match target="font"><test name="family"><string>{escape(family)}</string></test>'
            '<edit name="antialias" mode="assign"><bool>true</bool></edit>'
            '<edit name="hinting" mode="assign"><bool>true</bool></edit>'
            '<edit name="autohint" mode="assign"><bool>false</bool></edit>'
            '<edit name="hintstyle" mode="assign"><const>hintfull</const></edit>'
            '<edit name="rgba" mode="assign"><const>none</const></edit></match>'
        )
    body = "\n".join(lines)
    head = '<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">\n'
    return f"{head}<fontconfig>\n{body}\n</fontconfig>\n"
