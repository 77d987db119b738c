"""What comes in by drop, paste or the file dialog."""

from pathlib import Path

from PySide6.QtCore import QMimeData

from wajo_studio.i18n import N_

MEDIA_FILTER = N_(
    "Photos, clips and sounds (*.jpg *.jpeg *.png *.webp *.heic *.heif *.avif *.tif *.tiff *.bmp "
    "*.gif *.mp4 *.mov *.mkv *.webm *.avi *.m4v *.3gp *.mp3 *.wav *.m4a *.ogg *.flac)"
)


def files_in(mime: QMimeData) -> list[Path]:
    """Files of a drop or paste; of a folder, the files directly in it."""
    files: list[Path] = []
    for url in mime.urls():
        if url.isLocalFile():
            path = Path(url.toLocalFile())
            if path.is_dir():
                files += sorted(p for p in path.iterdir() if p.is_file() and p.name[0] != ".")
            elif path.is_file():
                files.append(path)
    return files
