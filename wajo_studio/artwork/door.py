"""The resource door: everything a page asks for passes here, and almost nothing may."""

import base64
import logging
from collections.abc import Callable, Mapping
from functools import lru_cache

from plutoprint import ResourceData, ResourceFetcher, default_resource_fetcher

from wajo_studio.artwork.fonts import font_file
from wajo_studio.artwork.template import SHARED
from wajo_studio.errors import TemplateError
from wajo_studio.i18n import N_

BASE_URL = "wajo://template/"

_MIME = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
    ".gif": "image/gif",
    ".bmp": "image/bmp",
    ".svg": "image/svg+xml",
    ".css": "text/css",
    ".ttf": "font/ttf",
    ".otf": "font/otf",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
}
_TRANSPARENT_GIF = bytes.fromhex(
    "47494638396101000100800000000000ffffff21f90401000000002c000000000100010000020144003b"
)
_FONT_SUFFIXES = frozenset((".ttf", ".otf", ".woff", ".woff2"))
_log = logging.getLogger(__name__)


@lru_cache(maxsize=16)
def _engine_owned(content: bytes, mime: str) -> ResourceData:
    """``content`` as memory of the engine's own.

    WORKAROUND: the engine keeps fonts until after Python has ended and then lets go of them; a
    font handed over as Python bytes makes the process crash there (plutoprint 0.23). Ends when
    plutoprint's ``resource_destroy_func`` asks whether the interpreter is still alive.
    """
    encoded = base64.b64encode(content).decode("ascii")
    return default_resource_fetcher.fetch_url(f"data:{mime};base64,{encoded}")


class Door(ResourceFetcher):
    """Serves files of the template, shared macros, fonts, logos and this page's pictures.

    There is no file system and no network behind it: every address is a key of a mapping.

    Args:
        files: a template's files by path, ``_shared/…`` among them.
        pictures: content by name (``photo/0.bmp``, ``brand/agency.png``).
    """

    def __init__(
        self,
        files: Mapping[str, bytes] | None = None,
        pictures: Mapping[str, bytes | Callable[[], bytes]] | None = None,
    ) -> None:
        super().__init__()
        self._files = {} if files is None else files
        self._pictures = {} if pictures is None else pictures
        self.refused: list[str] = []

    def fetch_url(self, url: str) -> ResourceData:
        """Answer the page's request; what is refused becomes an empty picture and is noted."""
        content = self._content(url)
        suffix = "." + url.rpartition(".")[2].lower()
        if content is None:
            # An exception here would be printed by the painter and then forgotten.
            self.refused.append(url)
            _log.info("refused %s", url)
            if suffix == ".css":
                return ResourceData(b"", "text/css", "utf-8")
            return ResourceData(_TRANSPARENT_GIF, "image/gif", "")
        if suffix in _FONT_SUFFIXES:
            return _engine_owned(content, _MIME[suffix])
        return ResourceData(content, _MIME.get(suffix, "application/octet-stream"), "utf-8")

    def _content(self, url: str) -> bytes | None:
        scheme, _sep, path = url.partition("://")
        where, _sep, name = path.partition("/")
        if scheme != "wajo" or "%" in name:
            return None
        if where == "font":
            return font_file(name)
        if where in ("photo", "brand"):
            found = self._pictures.get(f"{where}/{name}")
            return found() if callable(found) else found
        if where not in ("template", "shared"):
            return None
        return self._files.get(name if where == "template" else f"{SHARED}/{name}")

    def check(self, template_id: str, file: str) -> None:
        """Complain about what was refused.

        Raises:
            TemplateError: names the layout and the address it asked for.
        """
        if self.refused:
            raise TemplateError(
                N_(
                    "Template {template}, file {file}: {address} may not be loaded. "
                    "Use only files of the template folder."
                ),
                template=template_id,
                file=file,
                address=self.refused[0].removeprefix(BASE_URL),
            )
