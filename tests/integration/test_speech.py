"""Speech written down: the real engine with a model that has learnt one sentence, and stand-ins."""

import contextlib
import importlib.util
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Generator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from tests.integration.cli_helpers import ROOT, call, clip, tree
from tests.integration.speech_model import make_speech_model
from tests.integration.video_clips import make_clip, steady
from wajo_studio.domain.media import ClipInfo
from wajo_studio.errors import InputError, MediaError, RenderError
from wajo_studio.progress import Cancelled, CancelToken, Job, JobContext
from wajo_studio.services.media import MediaInspector
from wajo_studio.services.speech import heard_cues, write_cues
from wajo_studio.video.speech import MODEL_FILES
from wajo_studio.video.speech_cues import Word
from wajo_studio.video.subtitles import read_subtitles

SPEECH = "speech-42s-720p30-silence-gap.mp4"
STAND_IN = """
import sys, time
from types import SimpleNamespace as Some

class WhisperModel:
    supported_languages = ["id"]

    def __init__(self, folder, **options):
        assert options["local_files_only"]

    def transcribe(self, samples, language, **options):
        assert samples.dtype == "float32" and abs(samples).max() <= 1
        def segments():
            yield Some(end=1.0, words=[Some(start=0.5, end=0.9, word=" Halo.")])
            {then}
        return segments(), None
"""


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four seconds with sound."""
    return clip(tmp_path_factory.mktemp("clips"))


@pytest.fixture
def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Puts a package of the engine's name before the real one; gives the model folder."""

    def put(then: str) -> Path:
        package = tmp_path / "paket" / "faster_whisper"
        package.mkdir(parents=True)
        (package / "__init__.py").write_text(STAND_IN.replace("{then}", then), encoding="utf-8")
        monkeypatch.syspath_prepend(str(package.parent))
        model = tmp_path / "model"
        model.mkdir()
        for name in (*MODEL_FILES, "vocabulary.json"):
            (model / name).write_text("{}", encoding="utf-8")
        return model

    return put


def heard(film: Path, model: Path, ctx: JobContext | None = None, **more: Any) -> Any:
    """The cues of a clip."""
    info = MediaInspector().inspect(film)
    assert isinstance(info, ClipInfo)
    kept_s = more.pop("kept_s", (0.0, info.duration_s))
    return heard_cues(film, info, model, "id", kept_s, ctx or Job(), **more)


@pytest.mark.shared_media
def test_the_real_engine_writes_what_its_model_hears(shared_media: Path, tmp_path: Path) -> None:
    pytest.importorskip("faster_whisper", reason="the addition stt is not installed")
    model = make_speech_model(tmp_path / "model", [" Selamat", " pagi,", " warga", " Wajo."], 4.0)
    target = tmp_path / "baru" / "hasil.srt"
    words = ("media", "subtitles", shared_media / "videos" / SPEECH, "--model", model)
    outcome = call(*words, "--out-file", target, "--json")
    assert outcome.status == 0, outcome.err
    (cue,) = read_subtitles(target).cues
    assert cue.text == "Selamat pagi, warga Wajo."
    assert cue.start_s < 1
    assert 3 < cue.end_s <= 4
    told = {"start": float(cue.start_s), "end": float(cue.end_s), "text": cue.text}
    assert outcome.json == {"schema": 1, "file": str(target), "subtitles": [told]}
    assert target.name in call(*words, "--out-file", target).sentence


def test_a_model_of_english_alone_is_refused(film: Path, tmp_path: Path) -> None:
    pytest.importorskip("faster_whisper", reason="the addition stt is not installed")
    model = make_speech_model(tmp_path / "model", [" Good."], 1.0, english_only=True)
    with pytest.raises(InputError) as caught:
        heard(film, model)
    assert "“id”" in str(caught.value)
    assert caught.value.code == "speech.language"


def test_a_broken_model_is_refused(film: Path, tmp_path: Path) -> None:
    pytest.importorskip("faster_whisper", reason="the addition stt is not installed")
    model = make_speech_model(tmp_path / "model", [" Halo."], 1.0)
    content = (model / "model.bin").read_bytes()
    (model / "model.bin").write_bytes(content[: len(content) // 2])
    with pytest.raises(InputError) as caught:
        heard(film, model)
    assert caught.value.code == "speech.model"


@pytest.mark.parametrize("lacking", [*MODEL_FILES, "vocabulary.json"])
def test_a_folder_without_a_model_is_refused(film: Path, stand_in: Any, lacking: str) -> None:
    model = stand_in("pass")
    (model / lacking).unlink()
    target = model.parent / "hasil.srt"
    outcome = call("media", "subtitles", film, "--model", model, "--out-file", target)
    assert outcome.status == 2
    assert lacking in outcome.sentence
    assert str(model) in outcome.sentence
    assert not target.exists()


def test_without_the_package_it_is_said_what_to_do(
    film: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    find = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name: None if name == "faster_whisper" else find(name)
    )
    outcome = call("media", "subtitles", film, "--model", tmp_path, "--out-file",
                   tmp_path / "a.srt", "--json")  # fmt: skip
    assert outcome.status == 2
    assert outcome.error["code"] == "speech.package"
    assert "stt" in outcome.error["message"]


def test_what_cannot_be_written_is_refused_before_the_work(film: Path, tmp_path: Path) -> None:
    (tmp_path / "ada.srt").write_text("milik saya")
    for target, named in ((tmp_path / "ada.srt", "ada.srt"), (tmp_path / "a.txt", ".srt")):
        outcome = call("media", "subtitles", film, "--model", tmp_path, "--out-file", target)
        assert (outcome.status, outcome.out) == (2, "")
        assert named in outcome.sentence
    assert tree(tmp_path) == ["ada.srt"]
    assert (tmp_path / "ada.srt").read_text() == "milik saya"


def test_progress_is_told_and_times_are_the_clips_own(film: Path, stand_in: Any) -> None:
    seen: list[float] = []
    cues = heard(film, stand_in("pass"), Job(lambda f, _t: seen.append(f)), kept_s=(2.0, 4.0))
    assert [(float(cue.start_s), cue.text) for cue in cues] == [(2.5, "Halo.")]
    assert seen == sorted(seen)
    assert any(0.4 < fraction < 0.7 for fraction in seen)  # one second of two
    assert seen[-1] == 1


@pytest.mark.parametrize(
    ("then", "kind", "code"),
    [
        ("raise RuntimeError('rusak')", RenderError, "render.speech"),
        ("import os; os._exit(9)", RenderError, "render.speech"),
        ("raise MemoryError", InputError, "speech.memory"),
    ],
)
def test_an_engine_that_breaks_is_told(
    film: Path, stand_in: Any, then: str, kind: type[Exception], code: str
) -> None:
    with pytest.raises(kind) as caught:
        heard(film, stand_in(then))
    assert caught.value.code == code  # type: ignore[attr-defined]


def test_a_cancel_ends_the_process_at_once(
    film: Path, stand_in: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch = tmp_path / "sementara"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    token, begun = CancelToken(), threading.Event()
    cancelled_at: list[float] = []

    def cancel() -> None:
        begun.wait(60)
        cancelled_at.append(time.monotonic())
        token.cancel()

    def listen(fraction: float, _text: str) -> None:
        if fraction > 0.1:
            begun.set()

    thread = threading.Thread(target=cancel)
    thread.start()
    with pytest.raises(Cancelled):
        heard(film, stand_in("time.sleep(600)"), Job(listen, token))
    assert time.monotonic() - cancelled_at[0] < 1
    thread.join()
    assert begun.is_set()
    assert list(scratch.iterdir()) == []


def test_a_listener_of_ones_own_needs_no_model(film: Path, tmp_path: Path) -> None:
    def listener(
        sound: Path, _model: Path, language: str, _ctx: JobContext
    ) -> Generator[Word | float, None, None]:
        assert sound.stat().st_size == pytest.approx(4 * 32_000, rel=0.05)
        assert language == "id"
        yield Word(0, 1, " Halo")

    cues = heard(film, tmp_path / "tidak-ada", listener=listener)
    write_cues(cues, tmp_path / "hasil.srt")
    assert read_subtitles(tmp_path / "hasil.srt").cues == cues


def test_silence_and_no_sound_are_said(film: Path, tmp_path: Path) -> None:
    def deaf(*_all: object) -> Generator[Word | float, None, None]:
        yield 4.0

    with pytest.raises(MediaError) as nothing:
        heard(film, tmp_path, listener=deaf)
    assert "No speech" in nothing.value.message
    silent = make_clip(tmp_path / "bisu.mp4", steady(12, Fraction(12)))
    with pytest.raises(MediaError) as soundless:
        heard(silent, tmp_path, listener=deaf)
    assert "no sound" in soundless.value.message


@pytest.mark.skipif(sys.platform != "linux", reason="signals of POSIX, and looks into /proc")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_ending_the_program_ends_the_listener(
    film: Path, stand_in: Any, tmp_path: Path, number: signal.Signals
) -> None:
    model = stand_in("time.sleep(600)")
    env = {**os.environ, "PYTHONPATH": str(tmp_path / "paket"), "WAJO_HOME": str(tmp_path / "home")}
    words = ["media", "subtitles", str(film), "--model", str(model)]
    program = subprocess.Popen(
        [sys.executable, str(ROOT / "main.py"), *words, "--out-file", str(tmp_path / "a.srt")],
        env=env,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    try:
        assert wait_until(lambda: bool(listeners(model)))
        program.send_signal(number)
        assert wait_until(lambda: program.poll() is not None, 4)
        assert wait_until(lambda: not listeners(model), 4)
    finally:
        program.kill()
        program.communicate()
    if number is signal.SIGINT:
        assert program.returncode == 130
    assert not (tmp_path / "a.srt").exists()


def wait_until(met: Callable[[], bool], seconds: float = 60) -> bool:
    """Whether ``met`` became true in time."""
    end = time.monotonic() + seconds
    while not met():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


def listeners(model: Path) -> list[str]:
    """Running processes that listen with a model."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            line = entry.read_bytes().decode("utf-8", "replace")
            if "speech_worker" in line and str(model) in line:
                found.append(line)
    return found
