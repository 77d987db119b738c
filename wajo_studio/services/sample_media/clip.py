"""The sample clip: the lake in motion, ten seconds of it, with sound."""

import math
import subprocess
import threading
import wave
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from wajo_studio.errors import EncodeError
from wajo_studio.i18n import N_
from wajo_studio.progress import JobContext
from wajo_studio.services.sample_media import lake, sound
from wajo_studio.services.sample_media.boat import draw_boat
from wajo_studio.services.sample_media.plants import draw_birds
from wajo_studio.services.sample_media.vector import Camera, Drawing, Pixels
from wajo_studio.services.sample_media.water import Surface
from wajo_studio.video.ffmpeg import ffmpeg_path

WIDTH, HEIGHT = 1920, 1080
FRAME_RATE = 30
DURATION_S = 9.6

_STAGE_WIDTH, _STAGE_HEIGHT = 2048, 1152  # larger than the frame: room for the camera to move
_HORIZON = 0.50
_POLE_PERIOD_S = 4.0
_POLE_STEPS = 24
_BOAT_SPEED_M_S = 0.30


@dataclass(frozen=True)
class _Sprite:
    """A cut-out of the stage and where its left upper corner belongs."""

    pixels: Pixels
    left: int
    top: int

    @classmethod
    def cut(cls, pixels: Pixels) -> "_Sprite":
        rows = np.flatnonzero(pixels[..., 3].any(axis=1))
        columns = np.flatnonzero(pixels[..., 3].any(axis=0))
        top, bottom, left, right = rows[0], rows[-1] + 1, columns[0], columns[-1] + 1
        padded = np.pad(pixels[top:bottom, left:right], ((2, 2), (2, 2), (0, 0)))
        return cls(padded, int(left) - 2, int(top) - 2)

    def onto(self, ground: NDArray[np.uint8], shift_x: float, shift_y: float) -> None:
        """Lay the cut-out over ``ground`` (three or four channels), moved by part pixels."""
        whole_x, whole_y = math.floor(shift_x), math.floor(shift_y)
        move = np.array([[1, 0, shift_x - whole_x], [0, 1, shift_y - whole_y]], np.float32)
        height, width = self.pixels.shape[:2]
        moved = cv2.warpAffine(self.pixels, move, (width, height), flags=cv2.INTER_LINEAR)
        left, top = self.left + whole_x, self.top + whole_y
        x0, y0 = max(left, 0), max(top, 0)
        x1, y1 = min(left + width, ground.shape[1]), min(top + height, ground.shape[0])
        if x1 <= x0 or y1 <= y0:
            return
        part = moved[y0 - top : y1 - top, x0 - left : x1 - left]
        lake.lay(ground[y0:y1, x0:x1], np.ascontiguousarray(part))


class _Stage:
    """Everything that stands still, painted once, and what is needed to paint the rest."""

    def __init__(self, check: Callable[[], None]) -> None:
        camera = lake.camera(_STAGE_WIDTH, _STAGE_HEIGHT, _HORIZON)
        horizon, width, height = int(camera.horizon), camera.width, camera.height
        heaven, ahead = lake.view(camera)
        upper = cv2.resize(ahead, (width, horizon), interpolation=cv2.INTER_CUBIC)
        planes = lake.planes_of(np.asarray(upper, np.float32))
        still = lake.solid(camera, None)
        lake.over(planes, still[:horizon])
        self._back = lake.Grade(ahead, camera).part(0, horizon)(planes)
        self._camera = camera
        self._still = np.ascontiguousarray(still[horizon:])
        self._plants = _Sprite.cut(lake.foreground(camera))
        check()
        self._boats = [_boat_sprite(camera, step) for step in range(_POLE_STEPS)]
        check()

        # Water is never still, so half the size is enough for it.
        small = lake.camera(width // 2, height // 2, _HORIZON)
        self._swell = replace(lake.SWELL, samples=256)
        self._ripple = replace(lake.RIPPLE, samples=256)
        first = int(small.horizon)
        self._surface = Surface(small, first, small.height, self._swell, self._ripple, heaven)
        self._grade = lake.Grade(ahead, small).part(first, small.height)
        self._mirrored = lake.solid(small.reflection(), None)
        self._boat_images = [_boat_sprite(small.reflection(), step) for step in range(_POLE_STEPS)]

    def frame(self, index: int) -> NDArray[np.uint8]:
        """Frame ``index`` (height, width, 3), blue-green-red."""
        time_s = index / FRAME_RATE
        camera, horizon = self._camera, int(self._camera.horizon)
        picture: NDArray[np.uint8] = np.empty((camera.height, camera.width, 3), np.uint8)
        picture[:horizon] = self._back
        draw_birds(picture[:horizon], camera, time_s, 0.012 * time_s - 0.03)

        step = round(time_s / _POLE_PERIOD_S * _POLE_STEPS) % _POLE_STEPS
        pixel_m = camera.scale(lake.BOAT.z)
        shift_x = -_BOAT_SPEED_M_S * (time_s - 0.5 * DURATION_S) * pixel_m
        bob = 0.018 * pixel_m * math.sin(2 * math.pi * time_s / 2.7)
        images = self._mirrored.copy()
        self._boat_images[step].onto(images, shift_x / 2, -bob / 2)
        slopes = self._surface.slopes(self._swell.slopes(time_s), self._ripple.slopes(time_s))
        small = self._grade(self._surface.show(slopes, images))
        water = picture[horizon:]
        cv2.resize(
            small, (water.shape[1], water.shape[0]), dst=water, interpolation=cv2.INTER_LINEAR
        )
        lake.lay(water, self._still)
        self._boats[step].onto(picture, shift_x, bob)
        self._plants.onto(picture, -10 * time_s / DURATION_S, 3 * math.sin(time_s * 1.1))
        return self._look(picture, time_s)

    def _look(self, picture: NDArray[np.uint8], time_s: float) -> NDArray[np.uint8]:
        """The camera's slow way: a little closer and to the right, starting and ending at rest."""
        share = time_s / DURATION_S
        share = share * share * (3 - 2 * share)
        zoom = WIDTH / (_STAGE_WIDTH - 110 * share)
        centre_x = _STAGE_WIDTH / 2 + 34 * share
        centre_y = _STAGE_HEIGHT / 2 - 8 * share
        move = np.array(
            [[zoom, 0, WIDTH / 2 - zoom * centre_x], [0, zoom, HEIGHT / 2 - zoom * centre_y]]
        )
        return np.asarray(
            cv2.warpAffine(
                picture,
                move,
                (WIDTH, HEIGHT),
                flags=cv2.INTER_LINEAR,
                borderMode=cv2.BORDER_REPLICATE,
            ),
            np.uint8,
        )


def _boat_sprite(camera: Camera, step: int) -> _Sprite:
    turn = 2 * math.pi * step / _POLE_STEPS
    drawing = Drawing(camera)
    draw_boat(drawing, replace(lake.BOAT, lean=1.5 + 4.0 * math.sin(turn)))
    return _Sprite.cut(drawing.pixels())


def make_clip(target: Path, ctx: JobContext) -> None:
    """Paint and encode the clip: 1920x1080, 30 fps, H.264 with AAC sound.

    Raises:
        EncodeError: ffmpeg failed.
        Cancelled: the person cancelled; ``target`` may then hold a part of the clip.
        OSError: the folder cannot be written.
    """
    frames = round(DURATION_S * FRAME_RATE)
    wav = target.with_suffix(".wav")
    said: deque[bytes] = deque(maxlen=40)
    try:
        _write_wav(wav, sound.play(DURATION_S))
        ctx.check()
        stage = _Stage(ctx.check)
        with subprocess.Popen(
            _command(wav, target),
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        ) as encoder:
            listener = threading.Thread(target=lambda: said.extend(encoder.stderr or ()))
            listener.start()
            try:
                with ctx.token.on_cancel(encoder.kill):
                    _feed(encoder, stage, frames, ctx)
            except BaseException:
                encoder.kill()
                raise
            finally:
                listener.join()
        failed = encoder.returncode != 0
    except BrokenPipeError:
        ctx.check()
        failed = True
    finally:
        wav.unlink(missing_ok=True)
    if failed:
        raise EncodeError(
            N_("The sample clip could not be made. Run doctor to check the video encoder."),
            detail=b"".join(said).decode("utf-8", "replace"),
        )


def _feed(encoder: "subprocess.Popen[bytes]", stage: _Stage, frames: int, ctx: JobContext) -> None:
    """Paint on two threads, a few frames ahead of what the encoder takes."""
    assert encoder.stdin is not None
    with ThreadPoolExecutor(2) as pool:
        ahead: deque[Future[NDArray[np.uint8]]] = deque()
        for index in range(frames + 3):
            if index < frames:
                ahead.append(pool.submit(stage.frame, index))
            if index >= 3:
                ctx.check()
                encoder.stdin.write(ahead.popleft().result().data)
                ctx.report((index - 2) / frames)
    encoder.stdin.close()


def _command(wav: Path, target: Path) -> list[str]:
    return [
        ffmpeg_path(), "-hide_banner", "-loglevel", "error", "-nostats", "-y",
        "-f", "rawvideo", "-pix_fmt", "bgr24", "-s", f"{WIDTH}x{HEIGHT}", "-r", str(FRAME_RATE), "-i", "pipe:0",
        "-i", str(wav),
        "-vf", "scale=out_color_matrix=bt709:out_range=tv,format=yuv420p",
        "-color_primaries", "bt709", "-color_trc", "bt709", "-colorspace", "bt709", "-color_range", "tv",
        "-c:v", "libx264", "-preset", "superfast", "-crf", "20", "-g", "60",
        "-c:a", "aac", "-b:a", "160k", "-shortest",
        "-fflags", "+bitexact", "-flags:v", "+bitexact", "-flags:a", "+bitexact",
        "-movflags", "+faststart", str(target),
    ]  # fmt: skip


def _write_wav(path: Path, samples: NDArray[np.int16]) -> None:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(samples.shape[1])
        file.setsampwidth(2)
        file.setframerate(sound.RATE_HZ)
        file.writeframes(samples.astype("<i2").tobytes())
