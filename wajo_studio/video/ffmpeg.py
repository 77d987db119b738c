"""The ffmpeg program that comes with the package: where it is and what it can."""

import subprocess
from functools import cache

H264_ENCODERS = ("libx264", "h264_nvenc", "h264_qsv", "h264_amf", "h264_mf")
"""H.264 encoders the program knows how to use; being listed does not mean that they work."""

_TIMEOUT_S = 30


def ffmpeg_path() -> str:
    """Path of the ffmpeg program (``IMAGEIO_FFMPEG_EXE`` overrides it).

    Raises:
        RuntimeError: the package holds no program for this platform.
    """
    import imageio_ffmpeg

    # The package has no type hints.
    return str(imageio_ffmpeg.get_ffmpeg_exe())  # type: ignore[attr-defined, no-untyped-call]


@cache
def ffmpeg_version() -> str:
    """Version of the ffmpeg program, such as ``9.0.2``; empty when it does not start."""
    words = _ask("-version").split()
    return words[2].lstrip("n").partition("-")[0] if words[:2] == ["ffmpeg", "version"] else ""


@cache
def h264_encoders() -> tuple[str, ...]:
    """The H.264 encoders that the program lists, of those we know; for ``doctor``."""
    listed = {words[1] for line in _ask("-encoders").splitlines() if len(words := line.split()) > 1}
    return tuple(name for name in H264_ENCODERS if name in listed)


def _ask(option: str) -> str:
    try:
        answer = subprocess.run(
            [ffmpeg_path(), "-hide_banner", option],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=_TIMEOUT_S,
            check=False,
        )
    except (OSError, RuntimeError, subprocess.TimeoutExpired):
        return ""
    return answer.stdout
