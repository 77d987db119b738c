"""The list of jobs that survives a crash: what was begun and did not come to its end.

Each running job has a small file in the data folder and holds a lock on it. Done, failed and
cancelled jobs remove their file; a killed program cannot, but its lock ends with it. So a file
that nobody holds tells of work that was cut off and can be begun again. What it had finished
lies in the cache and is not made twice.
"""

import contextlib
import json
import logging
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from wajo_studio import paths
from wajo_studio.locks import lock_file

_SCHEMA = 1
_SUFFIX = ".json"
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class ExportJob:
    """An export as the window begins it.

    Attributes:
        post: the post's folder.
        name: what the post is called.
        target: the folder to write.
        placements: those asked for.
    """

    post: Path
    name: str
    target: Path
    placements: tuple[str, ...]


@dataclass(frozen=True)
class Interrupted:
    """A job that was cut off, and the file that tells of it."""

    job: ExportJob
    file: Path


def jobs_folder() -> Path:
    """Where the list lies."""
    return paths.data_dir() / "jobs"


@contextmanager
def on_the_list(job: ExportJob) -> Iterator[None]:
    """While the block runs the job is on the list; it stays there if the program is killed.

    Where the data folder cannot be written the job runs all the same, unlisted.
    """
    with contextlib.ExitStack() as stack:
        try:
            stack.enter_context(_listed(job))
        except OSError as error:
            _log.warning("the job list cannot be written: %s", error)
        yield


@contextmanager
def _listed(job: ExportJob) -> Iterator[None]:
    folder = jobs_folder()
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{secrets.token_hex(8)}{_SUFFIX}"
    with file.open("x+b") as held:
        lock_file(held)
        held.write(_written(job))
        held.flush()
        try:
            yield
        finally:
            held.close()  # Windows removes no open file
            with contextlib.suppress(OSError):
                file.unlink()


def interrupted_jobs() -> list[Interrupted]:
    """The jobs that were cut off, the oldest first; what cannot be read is left out."""
    found: list[tuple[float, Interrupted]] = []
    for file in jobs_folder().glob(f"*{_SUFFIX}"):
        with contextlib.suppress(OSError):
            with file.open("r+b") as left:
                if not lock_file(left):
                    continue  # it still runs, in this program or another one
                left.seek(0)
                job = _read(left.read())
            if job is None:
                file.unlink()
            else:
                found.append((file.stat().st_mtime, Interrupted(job, file)))
    return [job for _begun, job in sorted(found, key=lambda entry: entry[0])]


def forget(jobs: list[Interrupted]) -> None:
    """Take cut-off jobs from the list: they were begun again, or nobody wants them."""
    for job in jobs:
        with contextlib.suppress(OSError):
            job.file.unlink(missing_ok=True)


def _written(job: ExportJob) -> bytes:
    document = {
        "schema": _SCHEMA,
        "post": str(job.post),
        "name": job.name,
        "target": str(job.target),
        "placements": list(job.placements),
    }
    return json.dumps(document, ensure_ascii=False).encode("utf-8")


def _read(content: bytes) -> ExportJob | None:
    """The job a file tells of; None when it was cut off before it was written, or is not ours."""
    try:
        told = json.loads(content.decode("utf-8"))
        if told["schema"] != _SCHEMA:
            return None
        placements = tuple(str(placement) for placement in told["placements"])
        return ExportJob(Path(told["post"]), str(told["name"]), Path(told["target"]), placements)
    except (ValueError, KeyError, TypeError):
        return None
