"""Colours to sRGB, by the profile that the file carries."""

from functools import lru_cache
from io import BytesIO

from PIL import Image, ImageCms

_MAX_PROFILE_BYTES = 16_000_000
_MODES = {"GRAY": "L", "RGB": "RGB", "CMYK": "CMYK"}
_STRIP_PIXELS = 4_000_000
_FIXED_DATE = bytes.fromhex("07d000010001000000000000")  # 2000-01-01 00:00:00


@lru_cache(maxsize=1)
def srgb_profile() -> bytes:
    """A small sRGB profile to embed; always the same bytes."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return profile[:24] + _FIXED_DATE + profile[36:]  # its date would differ from run to run


def is_srgb(profile: bytes) -> bool:
    """Whether colours under ``profile`` look the same as in sRGB (to one step of 255)."""
    if profile == srgb_profile():
        return True
    transform = _transform(profile, "RGB")
    return transform is not None and _changes_nothing(transform)


def to_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """The picture in sRGB; for RGB this is ``image`` itself, changed in place.

    Args:
        image: mode L, RGB, CMYK or LAB; no longer to be used by the caller.
        profile: ICC profile of the file. None, a broken one and one of another colour space
            mean: grey and RGB are sRGB already, CMYK is converted without one.
    """
    transform = _transform(profile, image.mode) if profile or image.mode == "LAB" else None
    if transform is None:
        return image if image.mode == "RGB" else image.convert("RGB")
    if image.mode == "RGB":
        if not _changes_nothing(transform):
            transform.apply_in_place(image)
        return image
    return _apply(image, transform)


def _transform(profile: bytes | None, mode: str) -> ImageCms.ImageCmsTransform | None:
    if profile is not None and len(profile) > _MAX_PROFILE_BYTES:
        return None
    try:
        if mode == "LAB":
            source = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
        else:
            assert profile is not None
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            if _MODES.get(source.profile.xcolor_space.strip()) != mode:
                return None
        return ImageCms.buildTransform(
            source,
            ImageCms.createProfile("sRGB"),
            mode,
            "RGB",
            renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
            flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return None  # a broken profile says nothing about the picture


def _changes_nothing(transform: ImageCms.ImageCmsTransform) -> bool:
    """Whether an RGB transform leaves a grid of colours as it is; saves a pass over the pixels."""
    steps = range(0, 256, 15)
    grid = Image.new("RGB", (len(steps) ** 2, len(steps)))
    grid.putdata([(r, g, b) for r in steps for g in steps for b in steps])
    before, after = grid.tobytes(), transform.apply(grid).tobytes()
    return all(abs(a - b) <= 1 for a, b in zip(before, after, strict=True))


def _apply(image: Image.Image, transform: ImageCms.ImageCmsTransform) -> Image.Image:
    result = Image.new("RGB", image.size)
    rows = max(1, _STRIP_PIXELS // image.width)
    for top in range(0, image.height, rows):
        box = (0, top, image.width, min(top + rows, image.height))
        result.paste(transform.apply(image.crop(box)), (0, top))
    return result
