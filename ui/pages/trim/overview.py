"""The pictures along the time line and the drawing of the sound, read bit by bit behind it."""

from collections import OrderedDict
from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from ui.jobs import Handle, JobRunner
from wajo_studio.errors import WajoError
from wajo_studio.services.clip_view import ClipView, ShownFrame, Sound
from wajo_studio.services.preview import Picture

_KEPT = 400
_NEAR_ENOUGH = 0.75
"""A key frame further from its place than this part of a picture's width is replaced."""
_EXACT_WITHIN_S = 15
"""Beyond this the very picture would take too long to reach from its key frame."""


class Overview(QObject):
    """Fills a film strip: first every picture roughly, then the sound, then exact pictures.

    Signals:
        changed: something new can be drawn.
    """

    changed = Signal()

    def __init__(self, view: ClipView, jobs: JobRunner, parent: QObject) -> None:
        super().__init__(parent)
        self._view = view
        self._jobs = jobs
        self._images: OrderedDict[float, tuple[QImage, float]] = OrderedDict()
        self._settled: set[float] = set()
        self._wanted: tuple[float, ...] = ()
        self._spacing_s = 1.0
        self._running: Handle | None = None
        self._closed = False
        self._broken = False
        self._waiting = True
        self.sound: Sound | None = None

    @property
    def is_complete(self) -> bool:
        """Whether nothing is left to read for what is in sight."""
        return self._running is None and not self._waiting

    def begin(self) -> None:
        """Start reading; until then the large picture has the PC to itself."""
        if self._waiting:
            self._waiting = False
            self._go_on()

    def want(self, times_s: Sequence[float], spacing_s: float) -> None:
        """Say which pictures are in sight, and how many seconds each stands for."""
        if tuple(times_s) != self._wanted:
            self._wanted, self._spacing_s = tuple(times_s), spacing_s
            self._settled.clear()
        self._go_on()

    def image(self, time_s: float) -> QImage | None:
        """The picture for a place, else the nearest one there is."""
        found = self._images.get(time_s)
        if found is None and self._images:
            nearest = min(self._images, key=lambda known: abs(known - time_s))
            found = self._images[nearest]
        return found[0] if found else None

    def close(self) -> None:
        """Stop and let go of the file."""
        self._closed = True
        if self._running is not None:
            self._running.cancel()
        view = self._view
        self._jobs.submit("film", lambda _ctx: view.close_overview())

    def _go_on(self) -> None:
        if self._running is not None or self._closed or self._broken or self._waiting:
            return
        rough = [t for t in _spread(self._wanted) if t not in self._images]
        if rough:
            self._ask_picture(rough[0], exact=False)
        elif self.sound is None or not self.sound.done:
            self._running = self._jobs.submit(
                "film",
                self._view.more_sound,
                on_done=self._on_sound,
                on_failed=self._on_failed,
                on_cancelled=self._on_cancelled,
            )
        else:
            off = next((t for t in self._wanted if self._is_off(t)), None)
            if off is not None:
                self._ask_picture(off, exact=True)

    def _is_off(self, time_s: float) -> bool:
        if time_s in self._settled:
            return False
        distance_s = abs(self._images[time_s][1] - time_s)
        return self._spacing_s * _NEAR_ENOUGH < distance_s < _EXACT_WITHIN_S

    def _ask_picture(self, time_s: float, *, exact: bool) -> None:
        view = self._view
        self._running = self._jobs.submit(
            "film",
            lambda ctx: view.strip_picture(time_s, exact=exact, ctx=ctx),
            on_done=lambda frame: self._on_picture(time_s, frame, exact),
            on_failed=self._on_failed,
            on_cancelled=self._on_cancelled,
        )

    def _on_picture(self, time_s: float, frame: ShownFrame | None, exact: bool) -> None:
        self._running = None
        if exact:
            self._settled.add(time_s)
        if frame is not None:
            self._images[time_s] = (to_image(frame.picture), frame.time_s)
        elif time_s not in self._images:
            self._images[time_s] = (QImage(), time_s)
        while len(self._images) > max(_KEPT, len(self._wanted)):
            self._images.popitem(last=False)
        self._tell()

    def _on_sound(self, sound: Sound) -> None:
        self._running = None
        self.sound = sound
        self._tell()

    def _on_failed(self, _error: WajoError) -> None:
        # The large picture says what is wrong with the file; the strip stays as it is.
        self._running = None
        self._broken = True
        self._tell()

    def _on_cancelled(self) -> None:
        self._running = None

    def _tell(self) -> None:
        if not self._closed:
            self.changed.emit()
            self._go_on()


def to_image(picture: Picture) -> QImage:
    """A picture as Qt holds it, with pixels of its own."""
    return QImage(
        picture.pixels, picture.width, picture.height, picture.stride, QImage.Format.Format_RGB32
    ).copy()


def _spread(times_s: Sequence[float]) -> list[float]:
    """The times in an order that covers the whole soon: every eighth, fourth, second, all."""
    order: dict[float, None] = {}
    for stride in (8, 4, 2, 1):
        order.update(dict.fromkeys(times_s[::stride]))
    return list(order)
