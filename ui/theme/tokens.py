"""The design tokens: every colour, radius, distance and type size of the window."""

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Tokens:
    """Colours of one theme as ``#RRGGBB``.

    Attributes:
        surface: pages, cards, fields.
        pane: the side panes.
        canvas: the ground behind the preview.
        hairline: quiet lines between areas.
        edge: outlines of controls, 3:1 against what lies around them.
        text, muted: words, and words of second rank; both 4.5:1 everywhere.
        accent, on_accent: the one accent colour and words on it.
        accent_soft, on_soft: a tint for chosen rows, and words on it.
        danger, warn, good, note: severities; always beside an icon and a word.
        focus: outline of what the keyboard is on.
    """

    name: str
    surface: str
    pane: str
    canvas: str
    hairline: str
    edge: str
    text: str
    muted: str
    accent: str
    on_accent: str
    accent_soft: str
    on_soft: str
    hover: str
    danger: str
    warn: str
    good: str
    note: str
    focus: str


LIGHT = Tokens(
    name="light",
    surface="#FFFFFF",
    pane="#FCFDFC",
    canvas="#EBEFED",
    hairline="#DFE5E2",
    edge="#7C8982",
    text="#12211A",
    muted="#56635C",
    accent="#0E4D3A",
    on_accent="#FFFFFF",
    accent_soft="#E1EFE9",
    on_soft="#0E4D3A",
    hover="#F0F4F2",
    danger="#A3262A",
    warn="#7A5300",
    good="#1B6B4C",
    note="#1F5F8B",
    focus="#1F5F8B",
)

DARK = Tokens(
    name="dark",
    surface="#1A2320",
    pane="#161E1B",
    canvas="#0F1513",
    hairline="#2C3833",
    edge="#74857D",
    text="#E9F0EC",
    muted="#A6B5AE",
    accent="#63C8A1",
    on_accent="#06231A",
    accent_soft="#20392F",
    on_soft="#8FDDBE",
    hover="#222D29",
    danger="#F29A9A",
    warn="#EABF5E",
    good="#7BD3AE",
    note="#8FC6EE",
    focus="#8FC6EE",
)

RADIUS_S, RADIUS_M, RADIUS_L = 6, 8, 12
SPACE_XS, SPACE_S, SPACE_M, SPACE_L, SPACE_XL = 4, 8, 12, 16, 24
SMALL_PX, BODY_PX, HEAD_PX, TITLE_PX = 12.0, 13.5, 15.0, 20.0
CONTROL_PX = 34
"""Least height of anything that can be clicked."""

TEXT_PAIRS = (
    *(
        (front, back)
        for back in ("surface", "pane", "canvas", "hover")
        for front in ("text", "muted", "accent", "danger", "warn", "good", "note")
    ),
    ("on_accent", "accent"),
    ("on_soft", "accent_soft"),
    ("text", "accent_soft"),
)
"""Names of colours that meet as words on a ground: 4.5:1."""

SHAPE_PAIRS = tuple(
    (front, back) for back in ("surface", "pane", "canvas") for front in ("edge", "focus")
)
"""Names of colours that meet as outlines of controls on a ground: 3:1."""


def sharpened(tokens: Tokens) -> Tokens:
    """The same theme for people who asked their system for more contrast."""
    return replace(tokens, hairline=tokens.text, edge=tokens.text, muted=tokens.text)
