"""What the media files of a post really are."""

from pathlib import Path

from wajo_studio.domain.geometry import PixelSize
from wajo_studio.domain.media import ClipInfo, MediaInfo, MediaKind, PhotoInfo
from wajo_studio.errors import MediaError
from wajo_studio.i18n import N_, _, format_number
from wajo_studio.progress import JobContext
from wajo_studio.store.post_folder import PostFolder

_TRIAL_SIZE = PixelSize(256, 256)
_Stamp = tuple[str, int, int]


class MediaInspector:
    """Inspects files and remembers what it found while the file stays as it is."""

    def __init__(self) -> None:
        self._known: dict[_Stamp, MediaInfo] = {}

    def inspect(self, path: Path) -> MediaInfo:
        """Tell what one file is by its content: picture, clip or sound.

        Raises:
            MediaError: the file is neither, or it is damaged beyond use.
        """
        try:
            status = path.stat()
        except OSError:
            return _inspect(path)  # says in its own words what is wrong with the path
        stamp = (str(path.absolute()), status.st_size, status.st_mtime_ns)
        if stamp not in self._known:
            self._known[stamp] = _inspect(path)
        return self._known[stamp]

    def inspect_post(self, folder: PostFolder, ctx: JobContext) -> dict[str, MediaInfo]:
        """Facts of every media item of the post, by media id.

        Raises:
            MediaError: one of the files cannot be used; names it.
        """
        infos: dict[str, MediaInfo] = {}
        media = folder.post.media
        for number, item in enumerate(media):
            ctx.check()
            ctx.report(number / len(media), item.path)
            info = infos[item.id] = self.inspect(folder.media_path(item))
            if item.use == "music" and info.kind is MediaKind.PHOTO:
                raise MediaError(
                    N_("media {id}: {path} is a picture and cannot be used as music."),
                    id=item.id,
                    path=item.path,
                )
        return infos


def _inspect(path: Path) -> MediaInfo:
    from wajo_studio.photo.formats import HEAD_BYTES, SUFFIXES, sniff
    from wajo_studio.photo.load import inspect_photo
    from wajo_studio.video.probe import probe_media

    try:
        with path.open("rb") as file:
            is_photo = sniff(file.read(HEAD_BYTES)) is not None
    except OSError:
        is_photo = False  # the one who probes it says what is wrong with it
    if is_photo:
        return inspect_photo(path)
    try:
        return probe_media(path)
    except MediaError:
        if path.suffix.lower() in {suffix for known in SUFFIXES.values() for suffix in known}:
            inspect_photo(path)  # meant as a picture: say what a picture must be
        raise


def damage_of(path: Path, info: MediaInfo) -> str | None:
    """What is broken in a file that could be told all the same; None when it is sound.

    A photo is decoded to its end for that, as small as its format allows.
    """
    if isinstance(info, ClipInfo) and info.readable_until_s is not None:
        return _("Only the first {seconds} s can be read; the rest is missing or broken.").format(
            seconds=format_number(info.readable_until_s, 2)
        )
    if isinstance(info, PhotoInfo):
        from wajo_studio.photo.load import open_photo

        try:
            open_photo(path, at_least=_TRIAL_SIZE)
        except MediaError as error:
            return str(error)
    return None
