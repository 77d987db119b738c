"""Small pictures for lists: of a post's media and of the templates."""

from pathlib import Path
from typing import TYPE_CHECKING

from wajo_studio.domain.geometry import PixelSize, SafeZone
from wajo_studio.domain.media import AudioInfo, ClipInfo, MediaInfo
from wajo_studio.i18n import N_
from wajo_studio.paths import user_brand_dir
from wajo_studio.services.preview import Picture
from wajo_studio.services.studio import Studio

if TYPE_CHECKING:
    from wajo_studio.artwork.manifest import ArtworkFormat
    from wajo_studio.artwork.template import Template
    from wajo_studio.domain.look import Look


PREVIEW = "preview.png"
"""A template's picture of itself, so that the gallery need not paint."""


def media_thumbnail(path: Path, info: MediaInfo, longest_px: int) -> Picture | None:
    """The whole picture, or a clip's first frame, upright and small; None for a sound.

    Raises:
        MediaError: the file is damaged.
    """
    if isinstance(info, AudioInfo):
        return None
    if isinstance(info, ClipInfo):
        from wajo_studio.video.frames import frame_at

        image = frame_at(path, 0.0)
    else:
        from wajo_studio.photo.load import open_photo

        scale = min(1.0, longest_px / max(info.size.width, info.size.height))
        wanted = PixelSize(
            max(1, round(info.size.width * scale)), max(1, round(info.size.height * scale))
        )
        image = open_photo(path, at_least=wanted)
    image = image.convert("RGB")
    image.thumbnail((longest_px, longest_px))
    pixels = image.tobytes("raw", "BGRX")
    return Picture(image.width, image.height, image.width * 4, pixels)


def template_picture(
    studio: Studio,
    template_id: str,
    width_px: int,
    *,
    artwork_format: "ArtworkFormat | None" = None,
    look: "Look | None" = None,
    agency: str = "",
) -> Picture | None:
    """A template with its sample text in the agency's own brand; None for one without artwork.

    Its own preview.png stands in only where nothing was asked for that could look different.

    Args:
        studio: the program's parts.
        template_id: the template.
        width_px: of the picture.
        artwork_format: its shape; 4:5 unless given.
        look: the brand kit's unless given.
        agency: id of who speaks; the person's, else the sample's unless given.

    Raises:
        TemplateError: the template is broken.
    """
    from wajo_studio.artwork.brand import load_agencies
    from wajo_studio.artwork.looks import default_look, dressed
    from wajo_studio.artwork.paint import paint
    from wajo_studio.artwork.request import DESIGN_SIZES, ArtworkRequest
    from wajo_studio.artwork.template import find_template
    from wajo_studio.services.person import load_person
    from wajo_studio.services.template_samples import sample_content, strictest_zone

    template = find_template(template_id)
    speaker = load_agencies().get(agency or load_person().agency)
    usual = look is None and artwork_format is None and speaker is None
    if usual and PREVIEW in template.files and not (user_brand_dir() / "brand.toml").is_file():
        return _shipped_preview(template, width_px)
    if not template.has_artwork:
        return None
    shape = artwork_format or ("4:5" if "4:5" in template.formats else template.formats[0])
    design = DESIGN_SIZES[shape]
    scale = width_px / design.width
    zone = strictest_zone(shape, studio.specs)
    content = sample_content(template, "sample")
    painted = paint(
        ArtworkRequest(
            template=template,
            format=shape,
            size=PixelSize(width_px, round(design.height * scale)),
            agency=speaker or content.agency,
            brand=dressed(studio.brand, look or default_look(studio.brand)),
            fields=content.fields,
            safe_zone=SafeZone(
                *(round(side * scale) for side in (zone.top, zone.bottom, zone.left, zone.right))
            ),
            pillar=content.pillar,
            slide_index=0,
            photos=content.photos,
        )
    )
    return Picture(painted.width, painted.height, painted.stride, painted.pixels)


def _shipped_preview(template: "Template", width_px: int) -> Picture:
    from io import BytesIO

    from PIL import Image

    from wajo_studio.errors import TemplateError

    try:
        with Image.open(BytesIO(template.files[PREVIEW]), formats=("PNG",)) as opened:
            image = opened.convert("RGB")
    except (OSError, ValueError, Image.DecompressionBombError) as error:
        raise TemplateError(
            N_("Template {template}: {file} cannot be read: {reason}. Correct the file."),
            template=template.id,
            file=PREVIEW,
            reason=str(error),
        ) from error
    image.thumbnail((width_px, width_px * 3))
    return Picture(image.width, image.height, image.width * 4, image.tobytes("raw", "BGRX"))
