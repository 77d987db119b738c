"""Subtitles burned into the picture: the script and the fonts that the encoder needs."""

import shutil
from pathlib import Path


def copy_fonts(folder: Path) -> None:
    """Put the program's fonts into ``folder``, where the encoder finds them without quoting.

    Raises:
        OSError: the folder cannot be written.
    """
    import fontpkg_plus_jakarta_sans

    folder.mkdir(parents=True, exist_ok=True)
    for font in sorted((Path(fontpkg_plus_jakarta_sans.ROOT) / "files").glob("*.ttf")):
        shutil.copyfile(font, folder / font.name)
