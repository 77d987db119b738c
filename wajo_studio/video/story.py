"""Stories from photos: frames drawn in one process, encoded in another, then verified.

MoviePy's clip calls our frame function; the planes it gives go straight into the encoder that
all clips are made with, so that a story keeps to the placement's spec like any other clip.
"""

import logging
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from subprocess import Popen, TimeoutExpired

from wajo_studio import atomic
from wajo_studio.errors import EncodeError, disk_error
from wajo_studio.i18n import N_, _
from wajo_studio.process import start, stop
from wajo_studio.progress import JobContext
from wajo_studio.video import picture
from wajo_studio.video.awake import kept_awake
from wajo_studio.video.command import (
    QUIET,
    REPORTING,
    file_address,
    graph_inputs,
    output_options,
)
from wajo_studio.video.filtergraph import FilterGraph
from wajo_studio.video.invoke import FfmpegError, explained, run_ffmpeg
from wajo_studio.video.progress import Progress
from wajo_studio.video.run import check_disk_space, lowered_bps, move_into_place, size_bytes
from wajo_studio.video.source import SoundSource
from wajo_studio.video.story_frames import Shot, Title
from wajo_studio.video.story_plan import StoryPlan
from wajo_studio.video.story_sound import needed_gain_db, story_sound
from wajo_studio.video.story_worker import DONE, NOBODY_READS, save_story, worker_command
from wajo_studio.video.verify import ClipResult, verify_clip

_log = logging.getLogger(__name__)
_SAVED_SHARE, _MEASURED_SHARE, _ENCODED_SHARE = 0.12, 0.16, 0.96
_PATIENCE_S = 2.0


def make_story(
    plan: StoryPlan,
    shots: Iterable[Shot],
    target: Path,
    ctx: JobContext,
    *,
    title: Title | None = None,
    music: SoundSource | None = None,
) -> ClipResult:
    """Make one story.

    The file appears at ``target`` only after it was opened again and found to be as planned;
    before that it is ``<name>.part.mp4`` beside it. When anything fails or the job is
    cancelled, that file and all scratch files are gone.

    Args:
        plan: how it runs.
        shots: as many as ``plan.photos``; each is asked for when the one before is put away.
        target: the MP4 to write; an earlier file there is replaced at the end.
        ctx: progress and cancelling; both processes end at once when cancelled.
        title: laid over the beginning.
        music: played under it; silence without.

    Returns:
        The measured result.

    Raises:
        MediaError: a photo or the music cannot be read; raised by ``shots`` too.
        EncodeError: drawing or encoding failed, or the result is not as planned.
        DiskError: a disk is too small, full or not writable.
        Cancelled: the job was cancelled.
    """
    part = target.with_name(f"{target.stem}.part.mp4")
    check_disk_space([plan], target.parent)
    with kept_awake(), ExitStack() as stack:
        stack.enter_context(atomic.scratch(part))
        stack.callback(part.unlink, missing_ok=True)
        with _scratch_folder() as folder:
            _save(folder, plan, shots, title, ctx.part(0.0, _SAVED_SHARE))
            gain_db = 0.0
            if music is not None:
                gain_db = _measured(plan, music, target, ctx.part(_SAVED_SHARE, _MEASURED_SHARE))
            _encode(_Work(plan, folder, part, target, music, gain_db), ctx)
        ctx.report(_ENCODED_SHARE, _("Checking the clip"))
        result = verify_clip(part, plan, ctx)
        ctx.check()
        move_into_place(part, target)
    ctx.report(1.0)
    return result


@dataclass(frozen=True)
class _Work:
    """What one encoder run needs: the saved story in ``folder``, made into ``part``."""

    plan: StoryPlan
    folder: Path
    part: Path
    target: Path
    music: SoundSource | None
    gain_db: float


@contextmanager
def _scratch_folder() -> Iterator[Path]:
    with ExitStack() as stack:
        try:
            folder = stack.enter_context(atomic.scratch_folder("wajo-story-"))
        except OSError as error:
            raise disk_error(error, tempfile.gettempdir()) from error
        yield folder


def _save(
    folder: Path, plan: StoryPlan, shots: Iterable[Shot], title: Title | None, ctx: JobContext
) -> None:
    def counted() -> Iterable[Shot]:
        for number, shot in enumerate(shots):
            ctx.check()
            ctx.report(number / plan.photos, _("Reading the photos"))
            yield shot

    try:
        save_story(folder, plan, counted(), title)
    except OSError as error:
        raise disk_error(error, folder) from error


def _measured(plan: StoryPlan, music: SoundSource, target: Path, ctx: JobContext) -> float:
    ctx.report(0.0, _("Measuring the sound"))
    try:
        return needed_gain_db(plan, music, ctx)
    except FfmpegError as error:
        raise explained(error, target) from error


def _encode(work: _Work, ctx: JobContext) -> None:
    """Draw and encode; where the file comes out too big, once more with less."""
    _run(work, ctx.part(_MEASURED_SHARE, _ENCODED_SHARE))
    made_bytes = size_bytes(work.part)
    if made_bytes > work.plan.max_bytes:
        _log.info("story of %d bytes too big, made again", made_bytes)
        plan = work.plan.with_bitrate(lowered_bps(work.plan, made_bytes))
        _run(replace(work, plan=plan), ctx.part(_MEASURED_SHARE, _ENCODED_SHARE))


def _run(work: _Work, ctx: JobContext) -> None:
    """Let the drawing process feed the encoder, until both have come to their end."""
    progress = Progress(float(work.plan.duration_s))

    def on_line(line: str) -> None:
        if progress.feed(line):
            ctx.report(progress.fraction, _("Making the story"))

    ctx.check()
    worker = start(worker_command(work.folder), cwd=work.folder)
    failure: FfmpegError | None = None
    try:
        with ctx.token.on_cancel(worker.kill):
            try:
                run_ffmpeg(_arguments(work), ctx, on_line, cwd=work.folder, stdin=worker.stdout)
            except FfmpegError as error:
                failure = error
            _raise_worker_failure(worker, work.target)
        ctx.check()
    finally:
        stop(worker)
        for pipe in (worker.stdout, worker.stderr):
            if pipe is not None:
                pipe.close()
    if failure is not None:
        raise explained(failure, work.target) from failure


def _raise_worker_failure(worker: "Popen[str]", target: Path) -> None:
    """Wait for the drawing process, whose reader has gone, and see how it ended."""
    assert worker.stdout is not None
    assert worker.stderr is not None
    worker.stdout.close()
    words = worker.stderr.read()
    try:
        status = worker.wait(_PATIENCE_S)
    except TimeoutExpired:
        return  # it is ended by the caller; the encoder's own result decides
    if status not in (DONE, NOBODY_READS):
        raise EncodeError(
            N_(
                "The story {file} could not be made: drawing its pictures stopped with an error."
                " Try again; if it stops again, send us the details."
            ),
            code="render.story",
            file=target.name,
            detail=f"exit status {status}: {words.strip()}",
        )


def _arguments(work: _Work) -> list[str]:
    """One encoder run: raw frames from standard input, the sound bed beside them."""
    plan = work.plan
    rate = f"{plan.frame_rate.numerator}/{plan.frame_rate.denominator}"
    graph = FilterGraph(inputs_before=1)
    frames = graph.chain("[0:v]", ["setsar=1", picture.TAGS])
    sound = story_sound(graph, plan, work.music, work.gain_db)
    return [
        *QUIET, *REPORTING, "-y",
        "-f", "rawvideo", "-pixel_format", "yuv420p",
        "-video_size", str(plan.size), "-framerate", rate, "-i", "pipe:0",
        *graph_inputs(graph), "-filter_complex", str(graph), "-map", frames, "-map", sound,
        *output_options(plan), file_address(work.part),
    ]  # fmt: skip
