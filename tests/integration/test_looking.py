"""Real pictures and clips, really looked at: documents, codes, faces, speech, flashes."""

import random
import re
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from tests import mock_documents as mock
from tests.integration.cli_helpers import NOW, call
from wajo_studio.bootstrap import build
from wajo_studio.compliance.looks import Looks
from wajo_studio.photo import words
from wajo_studio.photo.looking import look_at_picture
from wajo_studio.progress import Cancelled, CancelToken, Job
from wajo_studio.services import checking
from wajo_studio.services.prepare import prepare
from wajo_studio.store.post_folder import load_folder

TOP = """schema = 1
name = "Uji"
agency = "diskominfotik"
template = "polos"
pillar = "layanan-publik"
information_class = "berkala"
"""


def post_with(folder: Path, *media: tuple[str, Image.Image | Path], placements: str = "") -> Path:
    """A post of these pictures and clips, without artwork."""
    (folder / "media").mkdir(parents=True)
    chosen = placements or '["facebook.feed"]'
    text = TOP + f'placements = {chosen}\n[captions]\nbase = "Pelayanan di kantor desa lancar."\n'
    for name, content in media:
        target = folder / "media" / name
        if isinstance(content, Path):
            target.write_bytes(content.read_bytes())
        else:
            content.save(target, quality=85)
        text += f'[[media]]\nid = "{target.stem}"\npath = "media/{name}"\n'
        text += 'alt = "Suasana kantor desa pada pagi hari"\ncredit = "Dok. OPD"\n'
    (folder / "post.toml").write_text(text, encoding="utf-8")
    return folder


def check(folder: Path) -> dict[str, Any]:
    document: dict[str, Any] = call("check", folder, "--now", NOW, "--json").json
    return document


def of_rule(document: dict[str, Any], rule: str) -> list[dict[str, Any]]:
    return [finding for finding in document["findings"] if finding["rule"] == rule]


def composed(folder: Path, ctx: Job | None = None, *, looking: bool = True) -> Any:
    studio, job = build(), ctx or Job()
    prepared = prepare(studio, load_folder(folder), (), job)
    return checking.compose(studio, prepared, job, looking=looking)


def qr(text: str) -> Image.Image:
    import cv2

    code = cv2.resize(
        cv2.QRCodeEncoder.create().encode(text), None, fx=7, fy=7, interpolation=cv2.INTER_NEAREST
    )
    image = Image.new("RGB", (900, 700), "#8aa396")
    image.paste(Image.fromarray(code).convert("RGB"), (260, 160))
    return image


def test_a_card_in_a_photo_is_found_and_one_blur_settles_it(tmp_path: Path) -> None:
    card = mock.on_a_table(mock.ktp(mock.NIKS[0], "AMBO MISAL"), random.Random(1))
    folder = post_with(tmp_path / "post", ("kartu.jpg", card))
    before = check(folder)
    (document,) = of_rule(before, "img-id-document")
    assert document["severity"] == "block"
    assert of_rule(before, "img-pii-text")
    assert mock.NIKS[0] not in str(before)
    box = document["where"]["box"]
    file = folder / "post.toml"
    file.write_text(file.read_text(encoding="utf-8") + f"blur = [{box}]\n", encoding="utf-8")
    after = check(folder)
    assert not of_rule(after, "img-id-document")
    assert not of_rule(after, "img-pii-text")
    seen = composed(folder).images[0]
    with Image.open(seen.path) as result:
        lines = words.read_words(result.convert("RGB"), Job())
    assert not re.search(r"\d{6}", " ".join(line.text for line in lines))


@pytest.mark.parametrize(
    ("image", "rule"),
    [
        (mock.chat(mock.NIKS[2]), "img-pii-text"),
        (mock.plate("DW 1101 BX"), "img-pii-text"),
        (mock.driving_licence("900813123456"), "img-id-document"),
        (mock.jpeg(mock.family_card(mock.CARDS[0], mock.NIKS[:3]), 50), "img-id-document"),
        (mock.attendance(mock.NIKS[3:6]).rotate(90, expand=True), "img-pii-text"),
        (qr("https://bit.ly/daftar-bansos"), "img-qr-check"),
    ],
)
def test_what_must_not_be_published_unseen(tmp_path: Path, image: Image.Image, rule: str) -> None:
    (found, *_more) = of_rule(check(post_with(tmp_path / "post", ("a.jpg", image))), rule)
    assert found["where"]["kind"] == "media"
    assert found["where"]["id"] == "a"
    assert all(0 <= value <= 1 for value in found["where"]["box"])


def test_a_poster_raises_no_alarm(tmp_path: Path) -> None:
    document = check(post_with(tmp_path / "post", ("poster.png", mock.poster())))
    assert not [f for f in document["findings"] if f["severity"] in ("block", "warn")]
    (fact,) = of_rule(document, "img-text-only")
    assert "1 Desember 2026" in fact["message"]


@pytest.mark.slow
def test_numbers_on_a_part_of_the_mock_documents() -> None:
    """Nearly every document once, in turn in another look; the whole set is a benchmark."""
    wanted = found = 0
    for picture in mock.mock_set(every=17):
        lines = words.read_words(picture.image, Job())
        digits = re.sub(r"[ .\-]", "", " ".join(line.text for line in lines))
        wanted += len(picture.niks) + len(picture.cards)
        found += sum(number in digits for number in (*picture.niks, *picture.cards))
    assert wanted >= 15
    assert found >= 0.95 * wanted


def test_everything_else_is_told_before_pictures_are_looked_at(tmp_path: Path) -> None:
    folder = post_with(tmp_path / "post", ("kartu.jpg", mock.ktp(mock.NIKS[5], "LA UMPAMA")))
    first = composed(folder, looking=False)
    assert first.looks.pending == {"kartu"}
    assert {entry.rule for entry in first.checked.not_checked if entry.pending} >= {
        "img-id-document"
    }
    assert "pii-nik" in first.checked.passed
    full = composed(folder)
    assert not full.looks.pending
    assert not full.checked.not_checked
    again = composed(folder, looking=False)
    assert not again.looks.pending
    assert again.checked.findings == full.checked.findings


def test_looking_can_be_cancelled_and_goes_on_where_it_was(tmp_path: Path) -> None:
    names = ("BESSE UMPAMA", "INDO MISAL", "LA UMPAMA")
    cards = [(f"k{n}.jpg", mock.ktp(mock.NIKS[6 + n], name)) for n, name in enumerate(names)]
    folder = post_with(tmp_path / "post", *cards)
    token = CancelToken()
    told: list[str] = []

    def listener(_fraction: float, text: str) -> None:
        if text:
            told.append(text)
        if "k1.jpg" in text and "media/" not in text:  # looked at, not inspected
            token.cancel()

    with pytest.raises(Cancelled):
        composed(folder, Job(listener, token))
    assert any("k0.jpg" in text for text in told)
    assert composed(folder, looking=False).looks.pending == {"k1", "k2"}


def test_a_reader_that_breaks_leaves_the_rules_unchecked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_given: object) -> None:
        raise RuntimeError("model")

    monkeypatch.setattr("wajo_studio.photo.words.read_words", broken)
    card = mock.ktp(mock.NIKS[9], "SITTI CONTOH")
    outcome = composed(post_with(tmp_path / "post", ("kartu.jpg", card))).checked
    assert "img-id-document" in {entry.rule for entry in outcome.not_checked if entry.broken}
    assert "img-id-document" not in outcome.passed
    assert outcome.result == "needs-approval"
    assert "pii-nik" in outcome.passed


def flashing_clip(path: Path, period: int) -> Path:
    """Two seconds of 30 pictures a second, white and black in turn."""
    import av

    with av.open(path, "w", format="mp4") as container:
        stream: Any = container.add_stream("libx264", rate=30)
        stream.width, stream.height, stream.pix_fmt = 320, 240, "yuv420p"
        for number in range(60):
            shade = 255 if number // period % 2 else 0
            frame = av.VideoFrame.from_ndarray(np.full((240, 320, 3), shade, np.uint8), "rgb24")
            frame.pts, frame.time_base = number, Fraction(1, 30)
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return path


@pytest.mark.parametrize(("period", "dangerous"), [(3, True), (15, False)])
def test_flashes_of_a_real_clip(tmp_path: Path, period: int, *, dangerous: bool) -> None:
    clip = flashing_clip(tmp_path / "a.mp4", period)
    folder = post_with(tmp_path / "post", ("klip.mp4", clip), placements='["instagram.reel"]')
    found = of_rule(check(folder), "video-flashing")
    assert bool(found) is dangerous
    if dangerous:
        assert found[0]["where"]["time"][1] > 1


@pytest.mark.shared_media
def test_speech_is_heard_and_faces_are_seen(shared_media: Path, tmp_path: Path) -> None:
    clip = shared_media / "videos" / "face-speech-10s-480x320-data-tracks.mp4"
    folder = post_with(tmp_path / "post", ("klip.mp4", clip), placements='["instagram.reel"]')
    document = check(folder)
    assert of_rule(document, "video-captions-missing")
    assert of_rule(document, "face-consent-attest")
    assert not of_rule(document, "video-flashing")
    assert not of_rule(document, "music-licence-attest")


@pytest.mark.shared_media
def test_a_clip_tells_where_it_was_made(shared_media: Path, tmp_path: Path) -> None:
    clip = shared_media / "videos" / "iphone-portrait-rot90-face-mono-1s.mov"
    folder = post_with(tmp_path / "post", ("klip.mov", clip), placements='["instagram.reel"]')
    (found,) = of_rule(check(folder), "exif-gps")
    assert found["severity"] == "info"


def hostile() -> list[Image.Image]:
    dice = np.random.default_rng(3)
    noise = dice.integers(0, 256, (300, 400, 3)).astype(np.uint8)
    stripes = np.zeros((200, 1200, 3), np.uint8)
    stripes[:, ::3] = 255
    return [
        Image.new("RGB", (1, 1), "white"),
        Image.new("RGB", (3, 4000), "black"),
        Image.new("RGB", (5000, 2), "white"),
        Image.new("RGB", (17, 17), "red"),
        Image.fromarray(noise),
        Image.fromarray(stripes),
        qr("A" * 1200).resize((300, 233)),
    ]


@pytest.mark.parametrize("image", hostile())
def test_strange_pictures_break_nothing(image: Image.Image) -> None:
    seen = look_at_picture(image, Job())
    for line in seen.lines:
        assert 0 <= line.box.x <= 1
        assert line.box.x + line.box.w <= 1.001
    assert seen.size.width == image.width


def test_published_pictures_are_noticed(tmp_path: Path) -> None:
    from wajo_studio.services.published import PublishedPicture

    folder = post_with(tmp_path / "post", ("poster.png", mock.poster()))
    studio = build()
    seen = composed(folder).looks.pictures["poster"]
    studio.published.add([PublishedPicture(seen.likeness, "Pasar murah", studio.clock.now())])
    smaller = mock.jpeg(mock.poster().resize((700, 875)), 60)
    again = post_with(tmp_path / "again", ("a.jpg", smaller))
    (found,) = of_rule(check(again), "media-published-before")
    assert "Pasar murah" in found["message"]
    assert isinstance(composed(again).looks, Looks)


def test_reading_is_the_same_each_time() -> None:
    file = BytesIO()
    mock.ktp(mock.NIKS[0], "AMBO MISAL").save(file, "PNG")
    image = Image.open(file).convert("RGB")
    assert words.read_words(image, Job()) == words.read_words(image, Job())
