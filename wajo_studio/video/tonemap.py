"""High dynamic range to BT.709 as a look-up table, for the encoder and the frame reader alike.

Both apply the same table, so a preview shows the colours that the export writes. Working on
the brightest component keeps hues where a curve for each channel alone turns skies purple and
skin orange.
"""

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from wajo_studio import atomic

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Values = NDArray[np.float64]

REFERENCE_WHITE_NITS = 203.0
"""Brightness of white paper in HDR video. Source: ITU-R BT.2408-7 (2023), table 1."""

PEAK_NITS = 1000.0
"""Brightest point that keeps detail: the nominal peak of HLG, and what phones record in PQ."""

_SIZE = 33
_KNEE = 0.3
_HUE_SHARE = 0.5
_DISPLAY_GAMMA = 2.2
_HLG_SYSTEM_GAMMA = 1.2
_BT2020_LUMA = (0.2627, 0.6780, 0.0593)
_BT2020_TO_BT709 = (
    (1.660491, -0.587641, -0.072850),
    (-0.124550, 1.132900, -0.008349),
    (-0.018151, -0.100579, 1.118730),
)
"""Linear light. Source: ITU-R BT.2087-0 (2015), inverse of its matrix."""


def lut_name(transfer: str) -> str:
    """File name of the table for a transfer function."""
    return f"tone-{transfer}.cube"


def write_lut(transfer: str, folder: Path) -> Path:
    """Write the table for ``arib-std-b67`` or ``smpte2084`` into ``folder``.

    Raises:
        OSError: the folder cannot be written.
    """
    path = folder / lut_name(transfer)
    atomic.write_text(path, _cube_text(transfer))
    return path


@cache
def _cube_text(transfer: str) -> str:
    values = table(transfer, _SIZE)
    lines = [f"{r:.5f} {g:.5f} {b:.5f}" for r, g, b in values.reshape(-1, 3).tolist()]
    return f"LUT_3D_SIZE {_SIZE}\n" + "\n".join(lines) + "\n"


def table(transfer: str, size: int) -> "Values":
    """BT.709 signal for each HDR signal of a grid.

    Args:
        transfer: ``arib-std-b67`` (HLG) or ``smpte2084`` (PQ).
        size: grid points for each component.

    Returns:
        Array ``(size, size, size, 3)``, indexed blue, green, red as a cube file orders it,
        full-range R'G'B' in 0-1.
    """
    import numpy as np

    steps = np.linspace(0.0, 1.0, size)
    blue, green, red = np.meshgrid(steps, steps, steps, indexing="ij")
    signal = np.stack([red, green, blue], axis=-1)
    nits = _hlg_nits(signal) if transfer == "arib-std-b67" else _pq_nits(signal)
    linear = np.maximum(nits / REFERENCE_WHITE_NITS @ np.array(_BT2020_TO_BT709).T, 0.0)
    display: Values = np.clip(_compressed(linear), 0.0, 1.0) ** (1 / _DISPLAY_GAMMA)
    return display


def _compressed(linear: "Values") -> "Values":
    """Bring 0-peak to 0-1: half by the brightest component (keeps hue), half by channel."""
    import numpy as np

    peak = PEAK_NITS / REFERENCE_WHITE_NITS
    brightest = np.minimum(linear.max(axis=-1, keepdims=True), peak)
    scale = _curve(brightest, peak) / np.maximum(brightest, 1e-9)
    by_channel = _curve(np.minimum(linear, peak), peak)
    mixed: Values = _HUE_SHARE * linear * scale + (1 - _HUE_SHARE) * by_channel
    return mixed


def _curve(linear: "Values", peak: float) -> "Values":
    """Straight up to the knee, then a hyperbola that reaches 1 at ``peak`` (Möbius)."""
    import numpy as np

    knee = _KNEE
    a = -knee * knee * (peak - 1) / (knee * knee - 2 * knee + peak)
    b = (knee * knee - 2 * knee * peak + peak) / (peak - 1)
    bent = (b * b + 2 * b * knee + knee * knee) / (b - a) * (linear + a) / (linear + b)
    return np.where(linear <= knee, linear, bent)


def _hlg_nits(signal: "Values") -> "Values":
    """Display light of an HLG signal on a 1000-nit screen. Source: ITU-R BT.2100-2, table 5."""
    import numpy as np

    a, b, c = 0.17883277, 0.28466892, 0.55991073
    scene = np.where(signal <= 0.5, signal**2 / 3, (np.exp((signal - c) / a) + b) / 12)
    luma = np.maximum(scene @ np.array(_BT2020_LUMA), 1e-9)
    nits: Values = PEAK_NITS * luma[..., np.newaxis] ** (_HLG_SYSTEM_GAMMA - 1) * scene
    return nits


def _pq_nits(signal: "Values") -> "Values":
    """Display light of a PQ signal. Source: ITU-R BT.2100-2, table 4."""
    import numpy as np

    m1, m2 = 2610 / 16384, 2523 / 32
    c1, c2, c3 = 3424 / 4096, 2413 / 128, 2392 / 128
    root = signal ** (1 / m2)
    return 10_000 * (np.maximum(root - c1, 0.0) / (c2 - c3 * root)) ** (1 / m1)
