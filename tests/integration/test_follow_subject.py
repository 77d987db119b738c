"""Where the subject of a clip is found, and that a plan takes it."""

from pathlib import Path

import av
import numpy as np
import pytest

from tests.integration.video_clips import item, planned
from wajo_studio.progress import Job
from wajo_studio.services.follow import follow_subject


def square(path: Path, step_px: int) -> Path:
    """Four seconds of a bright square that goes to the right."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=25)
        stream.width, stream.height, stream.pix_fmt = 640, 360, "yuv420p"
        for number in range(100):
            picture = np.full((360, 640, 3), 90, np.uint8)
            left = 40 + number * step_px
            picture[150:210, left : left + 50] = 240
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        container.mux(stream.encode(None))
    return path


def test_a_moving_subject_is_followed(tmp_path: Path) -> None:
    path = square(tmp_path / "jalan.mp4", 5)
    points = follow_subject(path, 0.0, 4.0, Job())
    assert points[0][1] < 0.35
    assert points[-1][1] > 0.65
    assert all(y == pytest.approx(0.5, abs=0.05) for _time, _x, y in points)
    media = item(reframe="fill", focus_path=[list(point) for point in points])
    assert planned(path, media).focus[0].x == points[0][1]
    assert follow_subject(square(tmp_path / "diam.mp4", 0), 0.0, 4.0, Job()) == ()


@pytest.mark.shared_media
def test_a_face_is_followed(shared_media: Path) -> None:
    clip = shared_media / "videos" / "face-speech-10s-480x320-data-tracks.mp4"
    points = follow_subject(clip, 0.0, 6.0, Job())
    assert 1 <= len(points) <= 6
    assert all(abs(x - 0.5) < 0.15 and abs(y - 0.45) < 0.2 for _time, x, y in points)
