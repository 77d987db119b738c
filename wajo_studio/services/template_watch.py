"""Live preview for who makes a template: drawn anew whenever a file of it is saved."""

import time
from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path

from wajo_studio import atomic
from wajo_studio.domain.look import Look
from wajo_studio.errors import TemplateError, disk_error
from wajo_studio.i18n import WITA, _
from wajo_studio.paths import templates_dir
from wajo_studio.progress import JobContext
from wajo_studio.services.studio import Studio
from wajo_studio.services.template_check import preview_template

PAGE = "index.html"
"""Shows all pictures in a browser and reloads itself."""
POLL_S = 0.3
_RELOAD_S = 1
_STYLE = (
    "body{font:15px sans-serif;margin:24px;background:#ECEFEC}"
    "figure{display:inline-block;margin:0 16px 16px 0}img{height:440px;display:block}"
    ".error{padding:16px;background:#fff;border-left:6px solid #A3262A;font-size:18px}"
)

Stamp = tuple[tuple[str, int, int], ...]


def watch_template(
    studio: Studio,
    folder: Path,
    out: Path,
    look: Look,
    ctx: JobContext,
    told: Callable[[Sequence[Path] | TemplateError], object],
) -> None:
    """Draw the template now and after each change, until the job is cancelled.

    Args:
        studio: the program's parts.
        folder: of the template.
        out: folder for the pictures and the page that shows them.
        look: in which it is drawn.
        ctx: cancel ends it.
        told: gets the pictures after each drawing, or what is wrong with the template.

    Raises:
        Cancelled: the person has seen enough.
        DiskError: ``out`` cannot be written.
    """
    drawn: Stamp | None = None
    while True:
        ctx.check()
        stamp = _stamp(folder)
        if stamp != drawn:
            drawn = stamp
            told(draw_once(studio, folder, out, look, ctx))
        time.sleep(POLL_S)


def draw_once(
    studio: Studio, folder: Path, out: Path, look: Look, ctx: JobContext
) -> list[Path] | TemplateError:
    """Draw the pictures and the page that shows them, or what is wrong with the template."""
    try:
        pictures = preview_template(studio, folder, out, ctx, look=look)
    except TemplateError as error:
        _write_page(studio, out, folder.name, _error_html(error))
        return error
    body = "".join(
        f'<figure><img src="{escape(p.name)}?{p.stat().st_mtime_ns}" alt="">'
        f"<figcaption>{escape(p.stem)}</figcaption></figure>"
        for p in pictures
    )
    _write_page(studio, out, folder.name, body)
    return pictures


def _error_html(error: TemplateError) -> str:
    return f"<p class=error>{escape(str(error))}</p>"


def _write_page(studio: Studio, out: Path, name: str, body: str) -> None:
    moment = _("Drawn at {time}").format(time=f"{studio.clock.now().astimezone(WITA):%H:%M:%S}")
    page = (
        f"<!DOCTYPE html><html lang=id><meta charset=utf-8>"
        f"<meta http-equiv=refresh content={_RELOAD_S}><title>{escape(name)}</title>"
        f"<style>{_STYLE}</style><p>{escape(moment)}</p>{body}</html>"
    )
    try:
        out.mkdir(parents=True, exist_ok=True)
        atomic.write_text(out / PAGE, page)
    except OSError as error:
        raise disk_error(error, out) from error


def _stamp(folder: Path) -> Stamp:
    """Names, times and sizes of the template's files and of the shared ones."""
    found = []
    for root in (folder, templates_dir() / "_shared"):
        for path in sorted(root.rglob("*")):
            try:
                status = path.stat()
            except OSError:  # an editor puts the file in place at this very moment
                continue
            found.append((str(path), status.st_mtime_ns, status.st_size))
    return tuple(found)
