"""Has the name strip painted for the frame in sight, and again when something changes."""

from collections.abc import Callable

from PySide6.QtGui import QImage

from ui.jobs import Newest
from ui.pages.trim.player_paint import Strip
from ui.pages.trim.trim_session import TrimSession
from wajo_studio.progress import JobContext
from wajo_studio.services.name_strip import NameStrip
from wajo_studio.services.trim_edit import Shape


class StripPainter:
    """Asks for the strip in the background; the newest wish wins.

    Args:
        trim: the clip.
        show: gets the strip, or None where there is none.
    """

    def __init__(self, trim: TrimSession, show: Callable[[Strip | None], None]) -> None:
        self._trim, self._show = trim, show
        self._jobs = Newest(trim.session.jobs, "artwork", interrupt=False)
        self._asked: object = None

    def want(self, shape: Shape | None) -> None:
        """Say for which frame the strip is wanted; None: for none."""
        prepared, third = self._trim.session.prepared, self._trim.item.lower_third
        if shape is None or third is None or prepared is None:
            self._asked = None
            self._show(None)
            return
        brand, agency = prepared.brand, prepared.agency
        # times do not change what is painted
        wanted = (shape.size, shape.safe_zone, third.name, third.role, brand, agency)
        if wanted == self._asked:
            return
        self._asked = wanted

        def work(_ctx: JobContext) -> NameStrip:
            from wajo_studio.services.name_strip import name_strip

            return name_strip(shape, third, brand, agency)

        def painted(strip: NameStrip) -> None:
            if self._asked == wanted and not self._trim.is_closed:
                self._show(_shown(strip))

        self._jobs.ask(work, painted)


def _shown(strip: NameStrip) -> Strip:
    image = QImage(
        strip.pixels, strip.width, strip.height, strip.width * 4, QImage.Format.Format_ARGB32
    )
    return Strip(image.copy(), strip.x, strip.y)
