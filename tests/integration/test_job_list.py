"""The list of jobs that survives a crash."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.integration.cli_helpers import ROOT
from wajo_studio.progress import Cancelled
from wajo_studio.services.job_list import (
    ExportJob,
    forget,
    interrupted_jobs,
    jobs_folder,
    on_the_list,
)

JOB = ExportJob(Path("/konten/ä"), "Layanan “keliling”", Path("/paket"), ("x.post", "tiktok.video"))
SCRIPT = (
    "import sys; from pathlib import Path\n"
    "from wajo_studio.services.job_list import ExportJob, on_the_list\n"
    "with on_the_list(ExportJob(Path('/a'), sys.argv[1], Path('/b'), ('x.post',))):\n"
    "    print('siap', flush=True); sys.stdin.readline()\n"
)


def begin(name: str) -> "subprocess.Popen[bytes]":
    """Another program with one job that runs until it gets a line, or is killed."""
    running = subprocess.Popen(
        [sys.executable, "-c", SCRIPT, name],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
    )
    assert running.stdout is not None
    assert running.stdout.readline().strip() == b"siap"
    return running


def test_a_job_that_ends_in_any_way_leaves_the_list() -> None:
    with on_the_list(JOB):
        assert len(list(jobs_folder().iterdir())) == 1
    for error in (RuntimeError, Cancelled):
        with pytest.raises(error), on_the_list(JOB):
            raise error
    assert list(jobs_folder().iterdir()) == []
    assert interrupted_jobs() == []


def test_a_killed_program_leaves_its_job_a_running_one_does_not() -> None:
    with begin("terputus") as killed, begin("jalan") as running, on_the_list(JOB):
        killed.kill()
        killed.wait()
        (left,) = interrupted_jobs()
        assert left.job == ExportJob(Path("/a"), "terputus", Path("/b"), ("x.post",))
        assert interrupted_jobs() == [left]  # looking changes nothing
        running.communicate(b"\n")
    assert running.returncode == 0
    forget([left])
    forget([left])
    assert interrupted_jobs() == []
    assert list(jobs_folder().iterdir()) == []


def test_everything_about_the_job_is_kept() -> None:
    with on_the_list(JOB):
        (file,) = jobs_folder().iterdir()
        copy = file.with_name("salinan.json")
        copy.write_bytes(file.read_bytes())
    (left,) = interrupted_jobs()
    assert left.job == JOB
    assert left.file == copy


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff", b'{"schema": 2}', b'{"schema": 1}'])
def test_a_file_that_tells_of_no_job_goes(content: bytes) -> None:
    jobs_folder().mkdir(parents=True)
    (jobs_folder() / "rusak.json").write_bytes(content)
    assert interrupted_jobs() == []
    assert list(jobs_folder().iterdir()) == []


def test_without_a_list_the_job_runs_all_the_same() -> None:
    jobs_folder().parent.mkdir(parents=True, exist_ok=True)
    jobs_folder().write_text("tidak bisa ditulis")
    done = []
    with on_the_list(JOB):
        done.append(True)
    assert done
    assert interrupted_jobs() == []
