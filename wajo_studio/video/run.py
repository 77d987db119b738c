"""Making clips: measure, encode, verify, move into place; nothing half made is ever left."""

import logging
import shutil
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

from wajo_studio import atomic
from wajo_studio.errors import DiskError, EncodeError, disk_error
from wajo_studio.i18n import N_, _, format_number
from wajo_studio.progress import JobContext
from wajo_studio.video.awake import kept_awake
from wajo_studio.video.burn import copy_fonts
from wajo_studio.video.command import Output, decode_key, encode_arguments
from wajo_studio.video.copying import copy_clip, may_be_copied, sounds_right
from wajo_studio.video.encode_plan import EncodePlan
from wajo_studio.video.encoders import SOFTWARE, chosen_encoder
from wajo_studio.video.invoke import FfmpegError, explained, run_ffmpeg
from wajo_studio.video.loudness import needed_levels
from wajo_studio.video.planned import PlannedClip
from wajo_studio.video.progress import Progress
from wajo_studio.video.seek import seek_points
from wajo_studio.video.sound import Levels
from wajo_studio.video.source import ClipSource, SoundSource, read_sound, read_source
from wajo_studio.video.timing import clip_zero_s
from wajo_studio.video.tonemap import write_lut
from wajo_studio.video.verify import ClipResult, verify_clip

_log = logging.getLogger(__name__)
_MEASURED_SHARE = 0.08
_ENCODED_SHARE = 0.95
_SPARE_BYTES = 8_000_000
_CORRECTION_SHARE = 0.92
_MEGABYTE = 1_000_000


def encode(
    plan: EncodePlan, target: Path, ctx: JobContext, *, hardware: bool = False
) -> ClipResult:
    """Make one clip.

    The file appears at ``target`` only after it was opened again and found to be as planned;
    before that it is ``<name>.part.mp4`` beside it. When anything fails or the job is
    cancelled, that file is gone.

    Args:
        plan: what to make.
        target: where; an earlier file there is replaced at the end.
        ctx: progress and cancelling; the encoder ends at once when cancelled.
        hardware: let a chip encode where one passes its trial; x264 takes over where it fails.

    Returns:
        The measured result.

    Raises:
        MediaError: the source cannot be read any more.
        EncodeError: the encoder failed, or the result is not as planned.
        DiskError: the disk is too small, full or not writable.
        Cancelled: the job was cancelled.
    """
    return encode_all([(plan, target)], ctx, hardware=hardware)[0]


def encode_all(
    jobs: Sequence[tuple[EncodePlan, Path]], ctx: JobContext, *, hardware: bool = False
) -> list[ClipResult]:
    """Make several clips, those of one source and cut from a single decode.

    A source that already is what its plan asks for is copied instead of encoded. Plans that
    share source, ranges and frame rate are made by one process. All files of such a group
    appear together or not at all. Arguments, results and errors as :func:`encode`.
    """
    groups: dict[tuple[object, ...], list[int]] = {}
    for index, (plan, _target) in enumerate(jobs):
        groups.setdefault(decode_key(plan), []).append(index)
    results: dict[int, ClipResult] = {}
    encoder = chosen_encoder(hardware=hardware)
    with kept_awake():
        for number, members in enumerate(groups.values()):
            part = ctx.part(number / len(groups), (number + 1) / len(groups))
            made = _make_group([jobs[index] for index in members], encoder, part)
            results.update(zip(members, made, strict=True))
    return [results[index] for index in range(len(jobs))]


@dataclass(frozen=True)
class _Job:
    """One clip to make: where it goes, and the name it has until it is verified."""

    plan: EncodePlan
    target: Path
    part: Path


@dataclass(frozen=True)
class _Prepared:
    """What is known about the source just before encoding."""

    source: ClipSource
    seeks_s: tuple[float | None, ...]
    levels: Levels
    music: SoundSource | None


def _make_group(
    jobs: Sequence[tuple[EncodePlan, Path]], encoder: str, ctx: JobContext
) -> list[ClipResult]:
    targets = [target for _plan, target in jobs]
    parts = [target.with_name(f"{target.stem}.part.mp4") for target in targets]
    check_disk_space([plan for plan, _target in jobs], targets[0].parent)
    with ExitStack() as stack:
        for part in parts:
            stack.enter_context(atomic.scratch(part))
            stack.callback(part.unlink, missing_ok=True)
        work = [_Job(plan, target, part) for (plan, target), part in zip(jobs, parts, strict=True)]
        made = {job.part: _copied(job, ctx) for job in work}
        left = [job for job in work if made[job.part] is None]
        if left:
            encoded = _encoded(left, encoder, ctx)
            made |= zip([job.part for job in left], encoded, strict=True)
        for job in work:
            move_into_place(job.part, job.target)
    ctx.report(1.0)
    return [result for job in work if (result := made[job.part]) is not None]


def _copied(job: _Job, ctx: JobContext) -> ClipResult | None:
    """Copy the source where that is all that has to be done, and see that it is right."""
    if not may_be_copied(job.plan):
        return None
    try:
        copy_clip(job.plan, job.part, ctx)
        result = verify_clip(job.part, job.plan, ctx)
    except (FfmpegError, EncodeError) as error:
        _log.info("%s is encoded, not copied: %s", job.plan.source.name, error)
        return None
    return result if sounds_right(result) else None


def _encoded(jobs: Sequence[_Job], encoder: str, ctx: JobContext) -> list[ClipResult]:
    """Encode and verify; what a chip spoils is made again by x264."""
    prepared = _prepare(jobs[0].plan, jobs[0].target, ctx.part(0.0, _MEASURED_SHARE))
    try:
        return _encoded_by(encoder, jobs, prepared, ctx)
    except EncodeError as error:
        if encoder == SOFTWARE:
            raise
        _log.warning("%s failed, %s takes over: %s", encoder, SOFTWARE, error.detail)
    return _encoded_by(SOFTWARE, jobs, prepared, ctx)


def _encoded_by(
    encoder: str, jobs: Sequence[_Job], prepared: _Prepared, ctx: JobContext
) -> list[ClipResult]:
    _run(jobs, prepared, encoder, ctx.part(_MEASURED_SHARE, _ENCODED_SHARE))
    ctx.report(_ENCODED_SHARE, _("Checking the clip"))
    return [verify_clip(job.part, job.plan, ctx) for job in jobs]


def check_disk_space(plans: Sequence[PlannedClip], folder: Path) -> None:
    """Raise :class:`DiskError` naming the missing megabytes when ``folder``'s disk is too full."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        free = shutil.disk_usage(folder).free
    except OSError as error:
        raise disk_error(error, folder) from error
    missing = sum(plan.largest_bytes for plan in plans) + _SPARE_BYTES - free
    if missing > 0:
        raise DiskError(
            N_("The disk of {path} lacks {megabytes} MB for this clip. Free some space and retry."),
            path=folder,
            megabytes=format_number(max(1, round(missing / _MEGABYTE))),
            detail=f"free {free} bytes",
        )


def _prepare(plan: EncodePlan, target: Path, ctx: JobContext) -> _Prepared:
    """Open the source again, find where to start reading, measure its sound."""
    ctx.report(0.0, _("Measuring the sound"))
    source = read_source(plan.source)
    zero_s = clip_zero_s(
        source.video.start_s,
        source.audio.start_s if source.audio else None,
        plan.source_frame_rate,
    )
    seeks_s = seek_points(plan.source, [zero_s + kept.start_s for kept in plan.ranges])
    music = read_sound(plan.music.path) if plan.music else None
    try:
        levels = needed_levels(plan, source, seeks_s, zero_s, music, ctx)
    except FfmpegError as error:
        raise explained(error, target) from error
    return _Prepared(source, seeks_s, levels, music)


def _run(jobs: Sequence[_Job], prepared: _Prepared, encoder: str, ctx: JobContext) -> None:
    """Encode; where a file comes out too big, once more with less."""
    _encode_once(jobs, prepared, encoder, ctx)
    too_big = [
        replace(job, plan=replace(job.plan, video_bitrate_bps=_less_bps(job)))
        for job in jobs
        if size_bytes(job.part) > job.plan.max_bytes
    ]
    if too_big:
        _log.info("%d clip(s) too big, encoded again", len(too_big))
        _encode_once(too_big, prepared, encoder, ctx)


def _less_bps(job: _Job) -> int:
    return lowered_bps(job.plan, size_bytes(job.part))


def size_bytes(path: Path) -> int:
    """Size of a file; 0 where there is none, which verification will tell."""
    return path.stat().st_size if path.exists() else 0


def lowered_bps(plan: PlannedClip, made_bytes: int) -> int:
    """The picture rate that makes a clip as much smaller as needed, and a bit more."""
    sound_bytes = float(plan.audio_bitrate_bps * plan.duration_s) / 8
    share = (plan.max_bytes - sound_bytes) / max(1.0, made_bytes - sound_bytes)
    seen_bps = (made_bytes - sound_bytes) * 8 / float(plan.duration_s)
    rate = min(plan.video_bitrate_bps, seen_bps) * max(0.01, share) * _CORRECTION_SHARE
    return max(1000, int(rate))


def _encode_once(jobs: Sequence[_Job], prepared: _Prepared, encoder: str, ctx: JobContext) -> None:
    progress = Progress(float(jobs[0].plan.duration_s))

    def on_line(line: str) -> None:
        if progress.feed(line):
            ctx.report(progress.fraction, _("Encoding the clip"))

    with ExitStack() as stack:
        folder = stack.enter_context(atomic.scratch_folder("wajo-"))
        if prepared.source.video.colour.is_hdr:
            write_lut(prepared.source.video.colour.transfer, folder)
        names = _write_subtitles([job.plan for job in jobs], folder)
        outputs = [Output(job.plan, job.part, name) for job, name in zip(jobs, names, strict=True)]
        arguments = encode_arguments(
            outputs, prepared.source, prepared.seeks_s, prepared.levels, prepared.music, encoder
        )
        try:
            run_ffmpeg(arguments, ctx, on_line, cwd=folder)
        except FfmpegError as error:
            raise explained(error, jobs[0].target) from error


def _write_subtitles(plans: Sequence[EncodePlan], folder: Path) -> list[str | None]:
    """Put scripts and fonts into ``folder``, under names that need no quoting in a filter."""
    names: list[str | None] = []
    for number, plan in enumerate(plans):
        name = f"subtitles{number}.ass" if plan.subtitles else None
        if name and plan.subtitles:
            (folder / name).write_text(plan.subtitles, encoding="utf-8")
        names.append(name)
    if any(names):
        copy_fonts(folder / "fonts")
    return names


def move_into_place(part: Path, target: Path) -> None:
    """Give a verified clip its final name.

    Raises:
        DiskError: the folder cannot be written.
    """
    try:
        atomic.replace(part, target)
    except OSError as error:
        raise disk_error(error, target) from error
