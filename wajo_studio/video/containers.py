"""The container formats the program reads, and the file endings that fit each of them.

Only these demuxers may open a person's file: playlists and other formats that fetch further
files or addresses are not among them.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Container:
    """A container format.

    Attributes:
        demuxer: ffmpeg's short name, to be forced when a process reads the file.
        clip_suffixes: endings that fit a file with a picture, the usual one first.
        audio_suffixes: endings that fit a file with sound alone.
    """

    demuxer: str
    clip_suffixes: tuple[str, ...]
    audio_suffixes: tuple[str, ...]


_MOV = "mov,mp4,m4a,3gp,3g2,mj2"
_MATROSKA = "matroska,webm"

CONTAINERS: dict[str, Container] = {
    _MOV: Container(
        "mov",
        (".mp4", ".mov", ".m4v", ".3gp", ".3g2", ".qt"),
        (".m4a", ".mp4", ".m4b", ".mov", ".3gp", ".amr", ".aac"),
    ),
    _MATROSKA: Container("matroska", (".mkv", ".webm"), (".mka", ".webm", ".weba")),
    "avi": Container("avi", (".avi", ".divx"), (".avi",)),
    "mpegts": Container("mpegts", (".ts", ".mts", ".m2ts", ".m2t"), (".ts", ".m2ts")),
    "mpeg": Container("mpeg", (".mpg", ".mpeg", ".vob", ".m2p"), (".mpg", ".mpeg")),
    "flv": Container("flv", (".flv",), (".flv",)),
    "asf": Container("asf", (".wmv", ".asf"), (".wma", ".asf")),
    "ogg": Container("ogg", (".ogv", ".ogg"), (".ogg", ".oga", ".opus")),
    "mp3": Container("mp3", (".mp3",), (".mp3",)),
    "aac": Container("aac", (".aac",), (".aac",)),
    "amr": Container("amr", (".amr",), (".amr",)),
    "wav": Container("wav", (".wav",), (".wav",)),
    "flac": Container("flac", (".flac",), (".flac",)),
    "aiff": Container("aiff", (".aif", ".aiff"), (".aif", ".aiff")),
    "caf": Container("caf", (".caf",), (".caf",)),
}
"""By the name that the demuxer reports."""

ALLOWED_DEMUXERS = ",".join(CONTAINERS)
"""For the ``format_whitelist`` option of the readers."""
