"""Whether the imported logos are on the office's list of outdated ones.

The list is a folder of the old logos themselves, ``brand/usang`` in the data folder: whoever
imports a new logo puts the old file there.
"""

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from wajo_studio.artwork.brand import agency_logo, government_logo
from wajo_studio.paths import user_brand_dir
from wajo_studio.services.prepare import Prepared

if TYPE_CHECKING:
    from PIL import Image

OUTDATED = "usang"


def outdated_logos(prepared: Prepared) -> tuple[str, ...]:
    """File names of the logos of this post that look like one of the old ones."""
    logos = [agency_logo(prepared.agency), government_logo(prepared.brand)]
    folder = user_brand_dir() / OUTDATED
    old = [file for file in sorted(folder.glob("*")) if file.is_file()]
    return tuple(
        logo.name for logo in logos if logo and any(_is_same(logo, other) for other in old)
    )


def _is_same(logo: Path, old: Path) -> bool:
    """The same bytes, or a picture that looks the same."""
    from PIL import Image

    from wajo_studio.photo.likeness import NEAR, difference, likeness

    if _digest(logo) == _digest(old):
        return True
    seen = []
    for file in (logo, old):
        try:
            with Image.open(file, formats=("PNG", "JPEG", "WEBP")) as picture:
                on_white = Image.new("RGB", picture.size, "white")
                on_white.paste(picture.convert("RGB"), mask=_alpha(picture))
                seen.append(likeness(on_white))
        except (OSError, ValueError, Image.DecompressionBombError):
            return False  # drawings (SVG) are compared by their bytes alone
    return difference(*seen) <= NEAR


def _alpha(picture: "Image.Image") -> "Image.Image | None":
    return picture.convert("RGBA").getchannel("A") if picture.mode in ("RGBA", "LA", "P") else None


def _digest(file: Path) -> bytes:
    return hashlib.sha256(file.read_bytes()).digest()
