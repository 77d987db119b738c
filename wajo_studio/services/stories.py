"""Stories from photos, outside any post."""

import math
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wajo_studio.domain.geometry import Box, PixelSize, SafeZone
from wajo_studio.domain.media import Reframe
from wajo_studio.errors import InputError
from wajo_studio.i18n import N_, format_number
from wajo_studio.photo.crop import fit_size
from wajo_studio.progress import JobContext
from wajo_studio.services.render import POLL_S
from wajo_studio.services.studio import Studio
from wajo_studio.services.trimming import refuse_existing, taker_of_clips
from wajo_studio.specs.model import PlacementSpec, VideoSpec

if TYPE_CHECKING:
    from PIL.Image import Image

    from wajo_studio.video.story_frames import Shot, Title
    from wajo_studio.video.story_plan import Move, StoryPlan

SUFFIX = ".mp4"
_ENLARGED = 1.02
"""Enlargements up to this are not worth a word."""


@dataclass(frozen=True)
class StoryPhoto:
    """A photo of a story.

    Attributes:
        path: the file.
        focus: x and y in 0-1 of the upright photo; None: the program finds the subject.
        blur: areas to make unrecognisable, in fractions of the upright photo.
    """

    path: Path
    focus: tuple[float, float] | None = None
    blur: tuple[Box, ...] = ()


def make_story_file(
    studio: Studio,
    photos: Sequence[StoryPhoto],
    placement: str,
    out_file: Path,
    ctx: JobContext,
    *,
    seconds: float,
    reframe: Reframe = "fill",
    title: str = "",
    music: Path | None = None,
) -> dict[str, Any]:
    """Make a clip from photos, for one placement.

    Args:
        studio: the program's parts.
        photos: 1-12, in the order in which they show.
        placement: id of a placement that takes clips; the first photo chooses among its sizes.
        out_file: the MP4 to write; must not exist.
        ctx: progress and cancel.
        seconds: how long each photo stands, 1-30.
        reframe: ``fill`` pans over the part round the focus point; the others show the whole
            photo on a blurred copy of itself, or on the brand's colour.
        title: laid over the first seconds; empty: none.
        music: played under the story; None: silence.

    Returns:
        What was measured in the result; ``photos`` with the focus points in use and how many
        times each is enlarged (1 where it is not); ``has_music``.

    Raises:
        InputError: photos, placement, times, title or target cannot be used.
        MediaError: a photo or the music cannot be read.
        EncodeError: drawing or encoding failed, or the result is not what was planned.
        DiskError: a disk is full or may not be written.
        Cancelled: the person cancelled.
    """
    from dataclasses import asdict

    from wajo_studio.video.source import read_sound
    from wajo_studio.video.story import make_story

    spec = taker_of_clips(studio, placement)
    _check_target(out_file)
    plan = _plan(spec, photos, seconds)
    room = _Darkroom(photos, plan, reframe, studio.brand.palette.primary)
    sound = read_sound(music) if music else None
    drawn = _title(studio, spec, room, title) if title.strip() else None
    # Both processes run beside this thread, which stays free to notice a cancel.
    with ThreadPoolExecutor(1, thread_name_prefix="story") as pool:
        future = pool.submit(
            make_story, plan, room.shots(ctx), out_file, ctx, title=drawn, music=sound
        )
        while not wait([future], POLL_S).done:
            pass
    result = asdict(future.result())
    result |= {"fps": float(result["fps"]), "photos": room.used, "has_music": sound is not None}
    return result


def _check_target(out_file: Path) -> None:
    if out_file.suffix.lower() != SUFFIX:
        raise InputError(
            N_("The file to write must end in .mp4; choose another name than {file}."),
            file=out_file.name,
        )
    refuse_existing(out_file)


def _plan(spec: PlacementSpec, photos: Sequence[StoryPhoto], seconds: float) -> "StoryPlan":
    """The story's plan, when it keeps to what the placement takes."""
    from wajo_studio.photo.load import inspect_photo
    from wajo_studio.video.plan import choose_size
    from wajo_studio.video.story_plan import LONGEST_S, MOST_PHOTOS, SHORTEST_S, plan_story

    video = spec.video
    assert video is not None
    if not 1 <= len(photos) <= MOST_PHOTOS:
        raise InputError(
            N_("A story takes 1 to {most} photos, not {count}; leave some out."),
            most=MOST_PHOTOS,
            count=len(photos),
        )
    if not SHORTEST_S <= seconds <= LONGEST_S:
        raise InputError(
            N_("Each photo may stand {least} to {most} seconds; change --seconds."),
            least=format_number(SHORTEST_S),
            most=format_number(LONGEST_S),
        )
    size = choose_size(inspect_photo(photos[0].path).size, video.sizes)
    plan = plan_story(len(photos), seconds, size, video)
    _check_length(plan, spec.id, video)
    return plan


def _check_length(plan: "StoryPlan", placement: str, video: VideoSpec) -> None:
    if plan.duration_s > video.max_duration_s:
        limit_s, tenths = video.max_duration_s, math.floor(video.max_duration_s / plan.photos * 10)
        message = N_(
            "{count} photos make a clip of {total} s, but {placement} takes at most {limit} s."
            " Use --seconds {fitting} or less, or leave photos out."
        )
    elif plan.duration_s < video.min_duration_s:
        limit_s, tenths = video.min_duration_s, math.ceil(video.min_duration_s / plan.photos * 10)
        message = N_(
            "{count} photos make a clip of {total} s, but {placement} takes at least {limit} s."
            " Use --seconds {fitting} or more, or add photos."
        )
    else:
        return
    raise InputError(
        message,
        count=plan.photos,
        total=format_number(float(plan.duration_s), 1),
        placement=placement,
        limit=format_number(limit_s, 1),
        fitting=f"{tenths / 10:g}",
    )


def _title(studio: Studio, spec: PlacementSpec, room: "_Darkroom", title: str) -> "Title":
    """The title plate, at the end of the free area that is farther from the first subject."""
    from wajo_studio.artwork.overlay import paint_title
    from wajo_studio.video.story_frames import Title

    size = room.plan.size
    zone = spec.safe_zone.at(size) if spec.safe_zone else SafeZone()
    middle = (zone.top + size.height - zone.bottom) / 2
    at_top = room.first_subject_y() * size.height > middle
    drawn = paint_title(size, zone, title, studio.brand, at_top=at_top)
    return Title(drawn.image, drawn.x, drawn.y)


@dataclass(frozen=True)
class _Print:
    """A photo ready for its story; ``aim`` is where its focus lies in what the camera sees."""

    shot: "Shot"
    move: "Move"
    focus: tuple[float, float]
    aim: tuple[float, float]
    enlarged: float


class _Darkroom:
    """Brings photos to the size a story needs; each is decoded once and let go."""

    def __init__(
        self, photos: Sequence[StoryPhoto], plan: "StoryPlan", reframe: Reframe, colour: str
    ) -> None:
        self.plan = plan
        self.used: list[dict[str, Any]] = []
        self._photos = photos
        self._reframe = reframe
        self._colour = colour
        self._first: _Print | None = None

    def first_subject_y(self) -> float:
        """How far down in the frame the first photo's subject lies, half way of its move."""
        self._first = self._first or self._printed(0)
        start, end = self._first.move.start, self._first.move.end
        top, height = (start.y + end.y) / 2, (start.h + end.h) / 2
        return (self._first.aim[1] - top) / height

    def shots(self, ctx: JobContext) -> Iterator["Shot"]:
        """The photos with their moves, one after the other."""
        for number, photo in enumerate(self._photos):
            ctx.check()
            made = self._first if number == 0 else None
            made = made or self._printed(number)
            self._first = None
            self.used.append(
                {
                    "file": str(photo.path),
                    "focus": [round(value, 4) for value in made.focus],
                    "enlarged": round(made.enlarged, 2) if made.enlarged > _ENLARGED else 1.0,
                }
            )
            yield made.shot

    def _printed(self, number: int) -> _Print:
        from wajo_studio.photo.load import inspect_photo
        from wajo_studio.photo.subject import find_focus
        from wajo_studio.video.story_plan import plan_move

        photo, frame, seconds = self._photos[number], self.plan.size, float(self.plan.each_s)
        source = inspect_photo(photo.path).size
        # how much of the photo is seen does not depend on the focus
        shape = source if self._reframe == "fill" else frame
        closest = plan_move(shape, frame, (0.5, 0.5), number, seconds).closest
        canvas = PixelSize(math.ceil(frame.width / closest.w), math.ceil(frame.height / closest.h))
        if self._reframe == "fill":
            image = _opened(photo, source, canvas)
            shown, focus = image, photo.focus or find_focus(image)
            aim, enlarged = focus, canvas.width / source.width
        else:
            inner = fit_size(source, canvas)
            image = _opened(photo, source, inner)
            focus = photo.focus or find_focus(image)
            shown = self._mounted(image, canvas)
            aim = _inside(focus, inner, canvas)
            enlarged = inner.width / source.width
        move = plan_move(PixelSize(*shown.size), frame, aim, number, seconds)
        return _Print(_shot(shown, move, frame), move, focus, aim, max(1.0, enlarged))

    def _mounted(self, image: "Image", canvas: PixelSize) -> "Image":
        """The whole photo on its ground."""
        from wajo_studio.photo import place

        if self._reframe == "fit-colour":
            return place.fit_colour(image, canvas, self._colour)
        return place.fit_blur(image, canvas)


def _opened(photo: StoryPhoto, source: PixelSize, needed: PixelSize) -> "Image":
    """The photo with its blurred areas, decoded as small as its use allows."""
    from wajo_studio.photo.load import open_photo
    from wajo_studio.photo.privacy import blur_areas

    wanted = PixelSize(min(source.width, needed.width), min(source.height, needed.height))
    image = open_photo(photo.path, at_least=wanted)
    return blur_areas(image, photo.blur) if photo.blur else image


def _inside(focus: tuple[float, float], inner: PixelSize, canvas: PixelSize) -> tuple[float, float]:
    """Where a point of the photo lies when the photo stands in the middle of a canvas."""
    x = 0.5 + (focus[0] - 0.5) * inner.width / canvas.width
    y = 0.5 + (focus[1] - 0.5) * inner.height / canvas.height
    return x, y


def _shot(image: "Image", move: "Move", frame: PixelSize) -> "Shot":
    """Only the part that is ever seen, as large as the closest view needs it."""
    from PIL.Image import Resampling

    from wajo_studio.video.story_frames import Shot

    width, height, whole = image.width, image.height, move.whole
    left, top = math.floor(whole.x * width), math.floor(whole.y * height)
    right = min(width, math.ceil((whole.x + whole.w) * width))
    bottom = min(height, math.ceil((whole.y + whole.h) * height))
    part = image.crop((left, top, right, bottom))
    scale = frame.width / (move.closest.w * width)
    if scale < 1:
        size = (math.ceil(part.width * scale), math.ceil(part.height * scale))
        base = part.resize(size, Resampling.LANCZOS, reducing_gap=3.0)
    else:
        base = part
    across, down = base.width / part.width, base.height / part.height

    def area(box: Box) -> tuple[float, float, float, float]:
        x, y = box.x * width - left, box.y * height - top
        return x * across, y * down, (x + box.w * width) * across, (y + box.h * height) * down

    return Shot(base, area(move.start), area(move.end))
