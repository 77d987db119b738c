"""Pictures along a clip, from its key frames: quick wherever they lie, near in time."""

from fractions import Fraction
from pathlib import Path

from wajo_studio.video.small_frames import OpenClip, Still


class KeyPictures:
    """Key frames of a clip, small and upright; the file is opened at the first picture.

    Args:
        path: the clip.
        max_side: longest side of the pictures in pixels.
    """

    def __init__(self, path: Path, max_side: int) -> None:
        self._path = path
        self._max_side = max_side
        self._clip: OpenClip | None = None

    def near(self, time_s: float) -> Still | None:
        """The key frame at or before ``time_s``; None where the clip holds no picture.

        Raises:
            MediaError: the file is no readable clip.
        """
        if self._clip is None:
            self._clip = OpenClip(self._path, key_frames_only=True)
        for shown_s, frame in self._clip.frames_from(Fraction(max(time_s, 0.0))):
            return self._clip.still(shown_s, frame, self._max_side)
        return None

    def close(self) -> None:
        """Let go of the file."""
        if self._clip is not None:
            self._clip.close()
            self._clip = None
