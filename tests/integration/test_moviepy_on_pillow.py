"""MoviePy 2.2.1 asks for Pillow < 12; we override that. These are the parts of it that we use."""

import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest
from packaging.version import Version

PROJECT = Path(__file__).resolve().parents[2] / "pyproject.toml"
WIDTH, HEIGHT, RATE, DURATION_S = 64, 96, 10, 0.6


def test_override_is_in_force() -> None:
    settings = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["tool"]["uv"]
    assert settings["override-dependencies"] == ["pillow>=13"]
    assert Version(version("pillow")) >= Version("13")


def test_resize_and_composite_give_the_right_pixels() -> None:
    moviepy = pytest.importorskip("moviepy")
    import numpy as np

    red = np.zeros((20, 20, 3), np.uint8)
    red[...] = (200, 0, 0)
    small = moviepy.ImageClip(red, duration=1).resized((32, 32)).with_position((16, 32))
    ground = moviepy.ColorClip((WIDTH, HEIGHT), color=(0, 0, 90), duration=1)
    frame = moviepy.CompositeVideoClip([ground, small]).get_frame(0.5)

    assert frame.shape == (HEIGHT, WIDTH, 3)
    assert frame[48, 32].tolist() == [200, 0, 0]
    assert frame[4, 4].tolist() == [0, 0, 90]


def test_a_story_of_pillow_frames_with_sound_is_written(tmp_path: Path) -> None:
    moviepy = pytest.importorskip("moviepy")
    import av
    import numpy as np
    from PIL import Image

    picture = Image.radial_gradient("L").convert("RGB")

    def frame_at(t: float) -> np.ndarray:
        edge = 128 + 60 * t
        box = (0, 0, edge, edge * HEIGHT / WIDTH)
        return np.asarray(picture.resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC, box=box))

    def tone_at(t: np.ndarray) -> np.ndarray:
        return 0.2 * np.sin(2 * np.pi * 440 * t)

    sound = moviepy.AudioClip(tone_at, duration=DURATION_S, fps=44100)
    sound = sound.with_effects([moviepy.afx.AudioFadeIn(0.1), moviepy.afx.AudioFadeOut(0.1)])
    target = tmp_path / "cerita pendek.mp4"
    with moviepy.VideoClip(frame_at, duration=DURATION_S).with_audio(sound) as clip:
        clip.write_videofile(str(target), fps=RATE, logger=None, temp_audiofile_path=str(tmp_path))

    with av.open(str(target)) as container:
        stream = container.streams.video[0]
        pictures = [frame.to_ndarray(format="rgb24") for frame in container.decode(stream)]
        assert len(container.streams.audio) == 1
    assert len(pictures) == round(DURATION_S * RATE)
    assert pictures[0].shape == (HEIGHT, WIDTH, 3)
    assert not np.array_equal(pictures[0], pictures[-1])
