"""Tells music from speech and noise by tones that are held.

A voice glides: no partial of it stays on one frequency for a quarter of a second, and noise has
none. An instrument holds several at once, most of the time. A beep holds one.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray

_WINDOW, _HOP = 2048, 512
_LOWEST_HZ, _HIGHEST_HZ = 110, 4_000
_HELD_FRAMES = 8
"""A quarter of a second at 16 kHz."""
_ABOVE = 12.0
"""How many times the magnitude around it a partial has to stand out."""
_AUDIBLE = 0.3
_TOGETHER = 3
"""Partials that are held at the same time in music."""


class ToneMeter:
    """Takes sound in pieces and counts the seconds in which tones are held."""

    def __init__(self, rate_hz: int) -> None:
        import numpy

        self._rate_hz = rate_hz
        self._window = numpy.hanning(_WINDOW).astype("float32")
        self._first = int(_LOWEST_HZ * _WINDOW / rate_hz)
        self._last = int(_HIGHEST_HZ * _WINDOW / rate_hz)
        self._rest = numpy.zeros(0, "float32")
        self._age = numpy.zeros(self._last - self._first, dtype=int)
        self._frames = 0

    def hear(self, mono: "NDArray[Any]") -> None:
        """Take in mono samples from -1 to 1."""
        import numpy

        samples = numpy.concatenate([self._rest, mono])
        while len(samples) >= _WINDOW:
            self._look(samples[:_WINDOW])
            samples = samples[_HOP:]
        self._rest = samples

    def _look(self, samples: "NDArray[Any]") -> None:
        import numpy

        spectrum = numpy.abs(numpy.fft.rfft(samples * self._window))[self._first : self._last]
        local = numpy.convolve(spectrum, numpy.ones(31) / 31, mode="same")
        peak = spectrum > numpy.roll(spectrum, 1)
        peak &= spectrum >= numpy.roll(spectrum, -1)
        peak &= (spectrum > local * _ABOVE / 4) & (spectrum > _AUDIBLE)
        before = numpy.maximum(
            self._age, numpy.maximum(numpy.roll(self._age, 1), numpy.roll(self._age, -1))
        )
        self._age = numpy.where(peak, before + 1, 0)
        if int((self._age >= _HELD_FRAMES).sum()) >= _TOGETHER:
            self._frames += 1

    def held_s(self) -> float:
        """Seconds in which several tones were held at once."""
        return round(self._frames * _HOP / self._rate_hz, 2)
