"""The clip's sound: a plucked kacapi over lapping water, computed sample by sample."""

import numpy as np
from numpy.typing import NDArray

RATE_HZ = 48_000

# Five notes to the octave, as a kacapi is tuned; hertz of degree 0.
_TONIC_HZ = 196.0
_STEPS = (0, 2, 5, 7, 10)

# (seconds, degree, strength): a slow tune with a drone under it.
_TUNE = (
    (0.00, -5, 0.80), (0.02, 5, 0.75), (0.62, 7, 0.60), (1.05, 8, 0.70), (1.48, 7, 0.50),
    (1.92, 5, 0.62), (2.36, 4, 0.55), (2.80, -3, 0.70), (2.82, 5, 0.72), (3.68, 9, 0.72),
    (4.12, 8, 0.60), (4.34, 9, 0.45), (4.56, 10, 0.74), (5.44, -5, 0.75), (5.46, 8, 0.66),
    (6.10, 7, 0.55), (6.54, 5, 0.66), (6.98, 4, 0.50), (7.20, 5, 0.60), (8.10, -5, 0.70),
    (8.13, 0, 0.55), (8.18, 5, 0.62),
)  # fmt: skip


def _frequency(degree: int) -> float:
    octave, step = divmod(degree, len(_STEPS))
    return float(_TONIC_HZ * 2 ** (octave + _STEPS[step] / 12))


def _pluck(frequency_hz: float, strength: float, seed: int) -> NDArray[np.float32]:
    """One string: partials that are slightly stretched and die the sooner the higher they are."""
    length_s = 3.2
    t = np.arange(int(length_s * RATE_HZ), dtype=np.float32) / RATE_HZ
    random = np.random.RandomState(seed)
    sound = np.zeros_like(t)
    for partial in range(1, 17):
        pitch = frequency_hz * partial * np.sqrt(1 + 0.00018 * partial**2)
        if pitch > 14_000:
            break
        # Plucked at a seventh of the string: every seventh partial is weak.
        level = abs(np.sin(np.pi * partial / 7.0)) / partial**1.25
        decay = 1.5 + 0.55 * partial + frequency_hz / 420
        for detune in (0.9994, 1.0007):
            phase = 2 * np.pi * random.rand()
            sound += (
                level * np.exp(-decay * t) * np.sin(2 * np.pi * pitch * detune * t + phase)
            ).astype(np.float32)
    attack = np.clip(t / 0.0025, 0, 1)
    click = random.normal(size=t.size).astype(np.float32) * np.exp(-t * 420) * 0.22
    return ((sound * attack + click) * strength).astype(np.float32)


def _water(samples: int) -> NDArray[np.float32]:
    """Water that laps against bamboo: filtered noise that swells, and small drops."""
    random = np.random.RandomState(21)
    spectrum = np.fft.rfft(random.normal(size=(2, samples)), axis=1)
    hertz = np.fft.rfftfreq(samples, 1 / RATE_HZ)
    shape = 1 / (1 + (hertz / 420) ** 1.6) * (hertz / (hertz + 90))
    noise = np.fft.irfft(spectrum * shape, samples, axis=1)
    noise /= np.abs(noise).max()
    t = np.arange(samples) / RATE_HZ
    swell = 0.55 + 0.30 * np.sin(2 * np.pi * t / 3.1) + 0.15 * np.sin(2 * np.pi * t / 1.27 + 1)
    bed = noise * swell
    for _ in range(26):
        start = int(random.rand() * (samples - RATE_HZ // 3))
        tone = np.arange(RATE_HZ // 6) / RATE_HZ
        pitch = 500 + 900 * random.rand()
        drop = np.sin(2 * np.pi * (pitch * tone + pitch * 2.2 * tone**2)) * np.exp(-tone * 46)
        left = random.rand()
        level = 0.05 + 0.10 * random.rand()
        bed[0, start : start + tone.size] += drop * level * left
        bed[1, start : start + tone.size] += drop * level * (1 - left)
    return bed.astype(np.float32)


def play(duration_s: float) -> NDArray[np.int16]:
    """Stereo sound (samples, 2) at :data:`RATE_HZ`, about -16 LUFS, fading in and out."""
    samples = round(duration_s * RATE_HZ)
    dry = np.zeros((2, samples + 4 * RATE_HZ), np.float32)
    for index, (start_s, degree, strength) in enumerate(_TUNE):
        if start_s >= duration_s:
            continue
        note = _pluck(_frequency(degree), strength, 100 + index)
        start = round(start_s * RATE_HZ)
        right = 0.5 + 0.22 * np.sin(index * 1.7)
        dry[0, start : start + note.size] += note * np.sqrt(1 - right)
        dry[1, start : start + note.size] += note * np.sqrt(right)
    # A wide valley answers: noise that dies away, one for each ear.
    random = np.random.RandomState(5)
    tail_t = np.arange(int(1.6 * RATE_HZ)) / RATE_HZ
    tail = random.normal(size=(2, tail_t.size)) * np.exp(-tail_t * 3.6)
    size = 1 << int(np.ceil(np.log2(dry.shape[1] + tail_t.size)))
    soft = 1 / (1 + (np.fft.rfftfreq(size, 1 / RATE_HZ) / 2600) ** 2)
    echo = np.fft.irfft(
        np.fft.rfft(dry, size, axis=1) * np.fft.rfft(tail, size, axis=1) * soft, size, axis=1
    )
    echo = echo[:, : dry.shape[1]]
    echo *= 0.30 * np.abs(dry).max() / np.abs(echo).max()
    mixed = (dry + echo)[:, :samples]
    mixed = 0.62 * mixed / np.abs(mixed).max() + 0.085 * _water(samples)
    t = np.arange(samples) / RATE_HZ
    mixed *= np.clip(t / 0.15, 0, 1) * np.clip((duration_s - t) / 0.9, 0, 1)
    loud: NDArray[np.int16] = np.rint(np.tanh(mixed * 2.0).T * 0.80 * 32767).astype(np.int16)
    return loud
