"""The weaver's tools: heddle frames, the carved beater with its reed, a shuttle.

Drawn in a field of 750 by 1000 units, the whole upright picture.
"""

import math

import numpy as np

from wajo_studio.services.sample_media.vector import Pixels, mix, render


def _svg(width: int, height: int, body: str, definitions: str = "") -> Pixels:
    return render(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 750 1000"><defs>{definitions}</defs>{body}</svg>',
        width,
        height,
    )


def _wood(name: str, stops: tuple[tuple[float, str], ...]) -> str:
    parts = "".join(f'<stop offset="{offset}" stop-color="{tone}"/>' for offset, tone in stops)
    return f'<linearGradient id="{name}" x1="0" y1="0" x2="0" y2="1">{parts}</linearGradient>'


def draw_heddles(width: int, height: int) -> Pixels:
    """Two heddle frames hanging over the warp: bars and hundreds of cords."""
    body = []
    for top, low, left, right, tone in (
        (66, 128, 138, 612, "#5c3b20"),
        (112, 196, 104, 646, "#7a5230"),
    ):
        for k in range(86):
            x = left + 8 + (right - left - 16) * k / 85
            body.append(
                f'<path d="M{x:.1f} {top}V{low}" stroke="#e8d3a4" stroke-opacity="0.42" stroke-width="1.1"/>'
            )
        for y in (top, low):
            body.append(
                f'<rect x="{left - 22}" y="{y - 6}" width="{right - left + 44}" height="13" rx="5" fill="{tone}"/>'
            )
            body.append(
                f'<rect x="{left - 22}" y="{y - 6}" width="{right - left + 44}" height="4" rx="2" fill="#e8b673" fill-opacity="0.65"/>'
            )
    return _svg(width, height, "".join(body))


_BEATER_Y = 372


def draw_beater(width: int, height: int) -> Pixels:
    """The beater: a heavy carved bar that holds the reed."""
    y = _BEATER_Y
    definitions = _wood(
        "bar",
        ((0, "#f0c084"), (0.10, "#c98d4f"), (0.45, "#925c2e"), (0.85, "#5b3519"), (1, "#3a2010")),
    )
    definitions += _wood("low", ((0, "#b57c45"), (0.5, "#7a4a25"), (1, "#3d2413")))
    definitions += (
        '<linearGradient id="side" x1="0" y1="0" x2="1" y2="0"><stop offset="0" stop-color="#ffd79a" stop-opacity="0.55"/>'
        '<stop offset="0.4" stop-color="#ffd79a" stop-opacity="0.05"/><stop offset="1" stop-color="#150a05" stop-opacity="0.55"/></linearGradient>'
    )
    body = [f'<rect x="10" y="{y + 50}" width="730" height="34" fill="#1d110a"/>']
    for k in range(300):
        x = 22 + 706 * k / 299
        tone = mix("#d9b070", "#7b532c", k / 299)
        body.append(f'<path d="M{x:.2f} {y + 48}V{y + 88}" stroke="{tone}" stroke-width="1.15"/>')
    body.append(
        f'<path d="M-20 {y + 84}H770V{y + 104}Q375 {y + 110} -20 {y + 104}Z" fill="url(#low)"/>'
    )
    body.append(
        f'<path d="M-20 {y + 85}H770" stroke="#f6d197" stroke-opacity="0.6" stroke-width="1.6"/>'
    )
    body.append(f'<path d="M-20 {y}Q375 {y - 9} 770 {y}V{y + 52}H-20Z" fill="url(#bar)"/>')
    random = np.random.RandomState(2)
    for _ in range(46):
        x, row = -20 + 760 * random.rand(), y + 3 + 46 * random.rand()
        length = 60 + 220 * random.rand()
        body.append(
            f'<path d="M{x:.0f} {row:.1f}q{length / 2:.0f} {2 * random.rand() - 1:.1f} {length:.0f} 0" fill="none" '
            f'stroke="#3b2110" stroke-opacity="{0.06 + 0.16 * random.rand():.2f}" stroke-width="{0.5 + random.rand():.1f}"/>'
        )
    for k in range(25):
        x = 15 + 30 * k
        for shift, tone, opacity in ((0, "#2a1509", 0.85), (1.3, "#f7cf93", 0.55)):
            body.append(
                f'<path d="M{x - 11} {y + 26 + shift}l11 -9l11 9l-11 9z" fill="none" stroke="{tone}" '
                f'stroke-opacity="{opacity}" stroke-width="1.7"/>'
            )
        body.append(f'<circle cx="{x}" cy="{y + 26}" r="2.1" fill="#2a1509" fill-opacity="0.9"/>')
    for row in (10, 42):
        body.append(
            f'<path d="M-20 {y + row}H770" stroke="#2a1509" stroke-opacity="0.7" stroke-width="1.4"/>'
        )
        body.append(
            f'<path d="M-20 {y + row + 1.6}H770" stroke="#ffd9a0" stroke-opacity="0.4" stroke-width="1"/>'
        )
    body.append(f'<path d="M-20 {y}Q375 {y - 9} 770 {y}V{y + 108}H-20Z" fill="url(#side)"/>')
    return _svg(width, height, "".join(body), definitions)


def draw_beater_shadow(width: int, height: int) -> Pixels:
    """What keeps the light from the cloth under the beater."""
    y = _BEATER_Y + 100
    return _svg(
        width,
        height,
        f'<path d="M-20 {y}H770V{y + 40}L-20 {y + 26}Z" fill="#000000" fill-opacity="0.85"/>',
    )


def draw_shuttle(width: int, height: int, *, shadow: bool) -> Pixels:
    """A boat-shaped shuttle of dark wood with a bobbin of gold thread."""
    place = "translate(402 742) rotate(-17)"
    hull = "M-206 0C-150 -44 -70 -50 0 -50C70 -50 150 -44 206 0C150 40 70 46 0 46C-70 46 -150 40 -206 0Z"
    if shadow:
        return _svg(
            width,
            height,
            f'<path transform="translate(414 776) rotate(-16)" d="{hull}" fill="#100406" fill-opacity="0.80"/>',
        )
    definitions = _wood(
        "hull", ((0, "#e0a565"), (0.2, "#a9713c"), (0.55, "#6f431f"), (1, "#2f190b"))
    )
    definitions += _wood("well", ((0, "#1a0d06"), (0.6, "#3d2311"), (1, "#6b4222")))
    definitions += _wood(
        "yarn", ((0, "#c98b1e"), (0.25, "#ffe08a"), (0.5, "#eab23a"), (1, "#8a5510"))
    )
    body = [f'<g transform="{place}"><path d="{hull}" fill="url(#hull)"/>']
    random = np.random.RandomState(4)
    for k in range(15):
        row = -40 + 80 * k / 14
        reach = 200 * math.sqrt(max(0.0, 1 - (row / 50) ** 2)) * (0.75 + 0.2 * random.rand())
        body.append(
            f'<path d="M{-reach:.0f} {row * 0.45:.1f}C{-reach * 0.4:.0f} {row * 1.05:.1f} {reach * 0.4:.0f} {row * 1.05:.1f} {reach:.0f} {row * 0.45:.1f}" '
            f'fill="none" stroke="#2a1608" stroke-opacity="{0.10 + 0.16 * random.rand():.2f}" stroke-width="1.3"/>'
        )
    body.append(
        '<path d="M-196 -4C-146 -42 -70 -47 0 -47C70 -47 146 -42 196 -4" fill="none" stroke="#ffe3b0" stroke-opacity="0.75" stroke-width="3"/>'
    )
    body.append('<rect x="-112" y="-25" width="224" height="50" rx="25" fill="url(#well)"/>')
    body.append('<rect x="-104" y="-3.2" width="208" height="6.4" rx="3" fill="#d8b27c"/>')
    body.append(
        '<path d="M-84 -13Q-78 -21 -60 -21H52Q78 -20 86 -5Q88 0 86 5Q78 20 52 21H-60Q-78 21 -84 13Z" fill="url(#yarn)"/>'
    )
    for k in range(46):
        x = -76 + 152 * k / 45
        lean = 5 if k % 2 else -4
        body.append(
            f'<path d="M{x:.1f} -20q{lean} 20 0 40" fill="none" stroke="{"#7a4a08" if k % 3 else "#fff0b8"}" '
            f'stroke-opacity="0.45" stroke-width="1.1"/>'
        )
    body.append(
        '<path d="M-112 0a25 25 0 0 1 25 -25H87a25 25 0 0 1 25 25" fill="none" stroke="#1c0e05" stroke-opacity="0.8" stroke-width="3"/>'
    )
    for side in (-1, 1):
        body.append(
            f'<path d="M{side * 206} 0L{side * 170} -16Q{side * 164} 0 {side * 170} 14Z" fill="#d9d2c4"/>'
        )
        body.append(
            f'<path d="M{side * 204} -1L{side * 172} -13" stroke="#ffffff" stroke-opacity="0.9" stroke-width="2"/>'
        )
    body.append("</g>")
    body.append(
        '<path d="M470 722C560 690 640 640 700 560C716 538 730 520 760 500" fill="none" stroke="#6a3d05" stroke-width="3.4" stroke-opacity="0.5"/>'
    )
    body.append(
        '<path d="M468 719C558 687 638 637 698 557C714 535 728 517 758 497" fill="none" stroke="#f4c556" stroke-width="2.4"/>'
    )
    return _svg(width, height, "".join(body), definitions)
