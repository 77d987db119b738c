"""Colours to sRGB by code points: what PNG, HEIC and AVIF may carry instead of a profile.

Numbers of primaries, transfer functions and their formulas. Source: ITU-T H.273 (07/2024),
tables 2 and 3, https://www.itu.int/rec/T-REC-H.273; reference white of 203 cd/m2 and the HLG
system gamma of 1.2 at 1000 cd/m2: ITU-R BT.2408-7 and BT.2100-2 (checked 2026-11-24).
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PIL import Image

if TYPE_CHECKING:
    from numpy.typing import NDArray

_BT2020, _P3 = 9, 12
_PQ, _HLG = 16, 18
_TO_BT709 = {
    _BT2020: (
        (1.660491, -0.587641, -0.072850),
        (-0.124550, 1.132900, -0.008349),
        (-0.018151, -0.100579, 1.118730),
    ),
    _P3: (
        (1.224940, -0.224940, 0.0),
        (-0.042057, 1.042057, 0.0),
        (-0.019638, -0.078636, 1.098274),
    ),
}
"""Linear light of these primaries (white D65) in that of sRGB."""
_BT2020_LUMA = (0.2627, 0.6780, 0.0593)
_HLG_GAMMA = 1.2
_PEAK = 1000 / 203
"""Brightest light shown, in reference whites."""
_KNEE = 0.6
"""Light up to here stays as it is; what is brighter is squeezed below 1."""
_STRIP_PIXELS = 500_000


def changes_colour(cicp: tuple[int, int] | None) -> bool:
    """Whether a picture with these code points (primaries, transfer) looks wrong as sRGB."""
    return cicp is not None and (cicp[0] in _TO_BT709 or cicp[1] in (_PQ, _HLG))


def codepoints_to_srgb(image: Image.Image, cicp: tuple[int, int]) -> Image.Image:
    """An RGB picture with these code points in sRGB; light brighter than white is squeezed."""
    import numpy

    if image.mode != "RGB":
        image = image.convert("RGB")
    primaries, transfer = cicp
    table = _linear_table(transfer)
    matrix = numpy.array(_TO_BT709.get(primaries, numpy.eye(3)), dtype=numpy.float32).T
    result = Image.new("RGB", image.size)
    rows = max(1, _STRIP_PIXELS // image.width)
    for top in range(0, image.height, rows):
        strip = image.crop((0, top, image.width, min(top + rows, image.height)))
        light = table[numpy.asarray(strip)]
        if transfer == _HLG:
            luma = light @ numpy.array(_BT2020_LUMA, dtype=numpy.float32)
            light *= (numpy.maximum(luma, 1e-6) ** (_HLG_GAMMA - 1) * _PEAK)[..., None]
        light = numpy.maximum(light @ matrix, 0)
        if transfer in (_PQ, _HLG):
            light = _squeezed(light)
        result.paste(Image.fromarray(_encoded(light)), (0, top))
    return result


def _linear_table(transfer: int) -> "NDArray[Any]":
    """Linear light for each of 256 signal values; 1 is reference white (for HLG: the peak)."""
    import numpy

    signal = numpy.arange(256) / 255
    functions: dict[int, Callable[[NDArray[Any]], NDArray[Any]]] = {_PQ: _pq, _HLG: _hlg}
    return functions.get(transfer, _srgb)(signal).astype(numpy.float32)


def _srgb(signal: "NDArray[Any]") -> "NDArray[Any]":
    import numpy

    return numpy.where(signal <= 0.04045, signal / 12.92, ((signal + 0.055) / 1.055) ** 2.4)


def _pq(signal: "NDArray[Any]") -> "NDArray[Any]":
    import numpy

    m1, m2 = 2610 / 16384, 2523 / 4096 * 128
    c1, c2, c3 = 3424 / 4096, 2413 / 4096 * 32, 2392 / 4096 * 32
    power = signal ** (1 / m2)
    nits = 10_000 * (numpy.maximum(power - c1, 0) / (c2 - c3 * power)) ** (1 / m1)
    return numpy.asarray(numpy.minimum(nits / 203, _PEAK))


def _hlg(signal: "NDArray[Any]") -> "NDArray[Any]":
    import numpy

    a, b, c = 0.17883277, 0.28466892, 0.55991073
    return numpy.where(signal <= 0.5, signal**2 / 3, (numpy.exp((signal - c) / a) + b) / 12)


def _squeezed(light: "NDArray[Any]") -> "NDArray[Any]":
    """0 to the peak brought into 0-1: straight up to the knee, then a curve; hues are kept."""
    import numpy

    brightest = light.max(axis=-1, keepdims=True)
    steep = (_PEAK - _KNEE) / (1 - _KNEE)
    bend = 1 / (steep - 1)  # makes the curve leave the knee in the direction it came
    above = numpy.clip((brightest - _KNEE) / (_PEAK - _KNEE), 0, 1)
    squeezed = _KNEE + (1 - _KNEE) * above * (1 + bend) / (above + bend)
    target = numpy.where(brightest > _KNEE, squeezed, brightest)
    return numpy.asarray(light * (target / numpy.maximum(brightest, 1e-6)))


def _encoded(light: "NDArray[Any]") -> "NDArray[Any]":
    import numpy

    light = numpy.clip(light, 0, 1)
    signal = numpy.where(light <= 0.0031308, light * 12.92, 1.055 * light ** (1 / 2.4) - 0.055)
    return numpy.asarray(signal * 255 + 0.5).astype(numpy.uint8)
