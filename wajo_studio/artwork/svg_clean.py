"""Logo files in SVG: what can act, load or grow without end is taken out or refused.

A drawing needs shapes, groups, gradients, clips, masks and colours. Everything else is left out
by a list of what may stay, so that what nobody thought of stays out, too.
"""

import re
from dataclasses import dataclass
from xml.etree import ElementTree as ET
from xml.parsers import expat

from wajo_studio.errors import InputError
from wajo_studio.i18n import N_

MAX_BYTES = 3_000_000
MAX_ELEMENTS = 20_000
MAX_DEPTH = 200
MAX_DRAWN = 60_000
"""Elements drawn once every ``use`` is followed; a few kilobytes can ask for billions."""

_SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"
_ELEMENTS = frozenset(
    (
        *("svg", "g", "defs", "symbol", "use", "switch", "title", "desc", "style", "image"),
        *("path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan"),
        *("linearGradient", "radialGradient", "stop", "clipPath", "mask", "pattern", "marker"),
    )
)
_ATTRIBUTE = re.compile(r"[a-z][A-Za-z-]*")
_LOCAL = re.compile(r"#[\w.:-]+")
_PICTURE = re.compile(r"data:image/(?:png|jpe?g);base64,[A-Za-z0-9+/=\s]+")
_OUTSIDE = re.compile(
    r"url\s*\(\s*['\"]?(?!#)|@import|expression\s*\(|javascript:|\\", re.IGNORECASE
)

NO_SVG = N_("{file} is no readable SVG drawing ({reason}). Have it saved as plain SVG.")
DANGEROUS = N_("{file} is refused because {reason}. Have it saved as plain SVG.")


@dataclass(frozen=True)
class CleanSvg:
    """A drawing that can do nothing but be drawn.

    Attributes:
        width, height: of its view box, in its own units.
        removed: what was left out, such as ``script`` or ``onclick``; each once.
        has_text: whether it holds letters that depend on a font.
    """

    content: bytes
    width: float
    height: float
    removed: tuple[str, ...]
    has_text: bool


def clean_svg(content: bytes, file: str) -> CleanSvg:
    """Take out of a drawing what does not belong into one.

    Args:
        content: the file.
        file: its name, for sentences.

    Raises:
        InputError: no SVG, or so hostile that nothing of it is used.
    """
    if len(content) > MAX_BYTES:
        raise InputError(
            DANGEROUS, file=file, reason=f"> {MAX_BYTES // 1_000_000} MB", code="input.logo"
        )
    root = _parsed(content, file)
    if _local_name(root) != "svg":
        raise InputError(NO_SVG, file=file, reason=f"<{_local_name(root)}>", code="input.logo")
    removed: dict[str, None] = {}
    _clean(root, removed)
    _check_uses(root, file)
    width, height = _box(root, file)
    ET.register_namespace("", _SVG)
    ET.register_namespace("xlink", _XLINK)
    return CleanSvg(
        content=ET.tostring(root, encoding="utf-8", xml_declaration=True),
        width=width,
        height=height,
        removed=tuple(removed),
        has_text=any(_local_name(element) == "text" for element in root.iter()),
    )


def _parsed(content: bytes, file: str) -> ET.Element:
    """The tree; entities, which may grow without end or read files, end it."""
    builder = ET.TreeBuilder()
    parser = expat.ParserCreate(namespace_separator="}")
    count = depth = 0

    def refuse(*_args: object) -> int:
        raise InputError(DANGEROUS, file=file, reason="<!ENTITY>", code="input.logo")

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal count, depth
        count += 1
        depth += 1
        if count > MAX_ELEMENTS or depth > MAX_DEPTH:
            reason = f"> {MAX_ELEMENTS} elements"
            raise InputError(DANGEROUS, file=file, reason=reason, code="input.logo")
        builder.start(_full(name), {_full(key): value for key, value in attributes.items()})

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(_full(name))

    parser.EntityDeclHandler = refuse
    parser.UnparsedEntityDeclHandler = refuse
    parser.ExternalEntityRefHandler = refuse
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = builder.data
    try:
        parser.Parse(content, True)
        return builder.close()
    except (expat.ExpatError, AssertionError, ValueError, LookupError) as error:
        raise InputError(NO_SVG, file=file, reason=str(error), code="input.logo") from error


def _full(name: str) -> str:
    return f"{{{name}" if "}" in name else name


def _local_name(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


def _clean(element: ET.Element, removed: dict[str, None]) -> None:
    for child in list(element):
        space, _sep, name = child.tag.rpartition("}")
        if space.lstrip("{") not in (_SVG, "") or name not in _ELEMENTS:
            if space.lstrip("{") in (_SVG, ""):
                removed[name] = None
            element.remove(child)
        elif name == "style" and _OUTSIDE.search(child.text or ""):
            removed["style"] = None
            element.remove(child)
        else:
            _clean(child, removed)
    for key in list(element.attrib):
        if not _may_stay(element, key):
            if not key.startswith("{") or _XLINK in key:
                removed[key.rpartition("}")[2]] = None
            del element.attrib[key]


def _may_stay(element: ET.Element, key: str) -> bool:
    space, _sep, name = key.rpartition("}")
    value = element.attrib[key]
    if name == "href":
        allowed = _PICTURE if _local_name(element) == "image" else _LOCAL
        return space.lstrip("{") in ("", _XLINK) and bool(allowed.fullmatch(value.strip()))
    if space:
        return False
    return (
        bool(_ATTRIBUTE.fullmatch(name) or name in ("x1", "x2", "y1", "y2"))
        and not name.lower().startswith("on")
        and not _OUTSIDE.search(value)
    )


def _check_uses(root: ET.Element, file: str) -> None:
    """Refuse references that lead in a circle or draw more than any emblem does."""
    by_id = {e.get("id"): e for e in root.iter() if e.get("id")}
    weights: dict[int, int] = {}
    open_: set[int] = set()

    def weight(element: ET.Element) -> int:
        key = id(element)
        if key in open_ or len(open_) > 2 * MAX_DEPTH:
            raise InputError(DANGEROUS, file=file, reason="<use> in a circle", code="input.logo")
        if key not in weights:
            open_.add(key)
            total = 1 + sum(weight(child) for child in element)
            for name, value in element.attrib.items():
                if name.rpartition("}")[2] == "href" and value.startswith("#"):
                    target = by_id.get(value[1:])
                    total += weight(target) if target is not None else 0
            open_.discard(key)
            weights[key] = total
        if weights[key] > MAX_DRAWN:
            reason = f"<use> > {MAX_DRAWN} elements"
            raise InputError(DANGEROUS, file=file, reason=reason, code="input.logo")
        return weights[key]

    weight(root)


def _box(root: ET.Element, file: str) -> tuple[float, float]:
    """Width and height of the view box, which is made of width and height where it lacks."""
    numbers = [float(n) for n in re.findall(r"-?\d+(?:\.\d+)?", root.get("viewBox", ""))]
    if len(numbers) != 4:
        sides = [re.match(r"\s*(\d+(?:\.\d+)?)", root.get(k, "")) for k in ("width", "height")]
        numbers = [0, 0, *(float(side.group(1)) for side in sides if side)]
    if len(numbers) != 4 or min(numbers[2:]) <= 0:
        raise InputError(NO_SVG, file=file, reason="viewBox", code="input.logo")
    root.set("viewBox", " ".join(f"{n:g}" for n in numbers))
    return numbers[2], numbers[3]
