"""Invented documents as phones photograph them, for the tests and measurements of what is read.

Every number is synthetic: serials 99xx, which registers practically never reach; names such as
"Ambo Misal" are invented. Cards follow the layout of the real ones as far as texts go.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageDraw, ImageFilter, ImageFont

NIKS = (
    "7313010104719992", "7313020511149931", "7313031208089955", "7313044302959912",
    "7313052303849919", "7313064903849938", "7313070903719974", "7313080111999917",
    "7313090201089945", "7313104212849968", "7313116206149917", "7313122308909925",
    "7313135809559939", "7313146207849943", "7371021503889935", "7308041503889947",
)  # fmt: skip
"""From the sheet of text facts; synthetic."""
CARDS = ("7313012209139976", "7313060112079974", "7313111806169988", "7313130109199917")
PHONES = ("0812-0000-1101", "0813 0000 1102", "085600001107", "0896-0000-1111")
PLATES = ("DW 1101 BX", "DW 2202 LA", "DW 3303 MZ", "DD 8808 KX")
NAMES = ("AMBO MISAL", "BESSE UMPAMA", "ANDI CONTOH", "INDO MISAL", "LA UMPAMA", "SITTI CONTOH")

Size = tuple[int, int]


@dataclass(frozen=True)
class MockPicture:
    """A picture and what is written on it.

    Attributes:
        kind: of document.
        look: how it was photographed.
        niks, cards: the numbers in it, bare digits.
    """

    kind: str
    look: str
    image: Image.Image
    niks: tuple[str, ...] = ()
    cards: tuple[str, ...] = ()


def font(size: int, *, bold: bool = False) -> ImageFont.FreeTypeFont:
    """A bundled font at a size in pixels."""
    from wajo_studio.artwork.fonts import font_file

    content = font_file("noto-sans-normal.ttf")
    assert content is not None
    face = ImageFont.truetype(BytesIO(content), size)
    if bold:
        face.set_variation_by_axes([700, 100])
    return face


def _sheet(size: Size, colour: str) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    image = Image.new("RGB", size, colour)
    return image, ImageDraw.Draw(image)


def ktp(nik: str, name: str) -> Image.Image:
    """An identity card of the ordinary size, 860 pixels wide."""
    image, pen = _sheet((860, 540), "#a9d3e6")
    for y in range(0, 540, 6):
        pen.line([(0, y), (860, y + 40)], fill="#b7dcec", width=2)
    pen.text((430, 34), "PROVINSI SULAWESI SELATAN", "#10233a", font(30, bold=True), anchor="mm")
    pen.text((430, 70), "KABUPATEN WAJO", "#10233a", font(28, bold=True), anchor="mm")
    pen.text((26, 104), f"NIK   :  {nik}", "#10233a", font(36, bold=True))
    rows = (
        ("Nama", name),
        ("Tempat/Tgl Lahir", "SENGKANG, 12-08-1990"),
        ("Jenis kelamin", "LAKI-LAKI     Gol. Darah : O"),
        ("Alamat", "JL. MISAL NO. 12"),
        ("    RT/RW", "001/002"),
        ("    Kel/Desa", "TEDDAOPU"),
        ("    Kecamatan", "TEMPE"),
        ("Agama", "ISLAM"),
        ("Status Perkawinan", "KAWIN"),
        ("Pekerjaan", "PETANI"),
        ("Kewarganegaraan", "WNI"),
        ("Berlaku Hingga", "SEUMUR HIDUP"),
    )
    for number, (label, value) in enumerate(rows):
        y = 158 + number * 30
        pen.text((26, y), label, "#10233a", font(22))
        pen.text((230, y), f": {value}", "#10233a", font(22))
    pen.rectangle((640, 160, 830, 400), fill="#c23b3b")
    pen.ellipse((695, 190, 775, 290), fill="#d9a17c")
    pen.rectangle((675, 295, 795, 400), fill="#2f3b52")
    return image


def family_card(card: str, niks: tuple[str, ...]) -> Image.Image:
    """A family card with its table of members."""
    image, pen = _sheet((1400, 900), "#f4f1e6")
    pen.text((700, 60), "KARTU KELUARGA", "#222222", font(48, bold=True), anchor="mm")
    pen.text((700, 112), f"No. {card}", "#222222", font(38, bold=True), anchor="mm")
    pen.text((40, 160), "Nama Kepala Keluarga : AMBO MISAL", "#222222", font(24))
    pen.text((40, 196), "Alamat : JL. MISAL NO. 12", "#222222", font(24))
    pen.text((760, 160), "Kecamatan : TEMPE", "#222222", font(24))
    pen.text((760, 196), "Kabupaten/Kota : WAJO", "#222222", font(24))
    columns = (40, 100, 420, 760, 960, 1200, 1360)
    heads = ("No", "Nama Lengkap", "NIK", "Jenis Kelamin", "Tempat Lahir", "Tgl Lahir")
    for left, right, head in zip(columns, columns[1:], heads, strict=False):
        pen.rectangle((left, 260, right, 310), outline="#555555", width=2)
        pen.text((left + 8, 268), head, "#222222", font(22, bold=True))
    for number, nik in enumerate(niks):
        y = 310 + number * 50
        cells = (str(number + 1), NAMES[number], nik, "LAKI-LAKI", "SENGKANG", "12-08-1990")
        for left, right, cell in zip(columns, columns[1:], cells, strict=False):
            pen.rectangle((left, y, right, y + 50), outline="#555555", width=1)
            pen.text((left + 8, y + 8), cell, "#222222", font(23))
    return image


def attendance(niks: tuple[str, ...]) -> Image.Image:
    """A printed attendance list with names, numbers and telephones."""
    image, pen = _sheet((1240, 1000), "#fbfbf8")
    pen.text((620, 60), "DAFTAR HADIR", "#111111", font(40, bold=True), anchor="mm")
    pen.text((620, 110), "Pelatihan Administrasi Desa", "#111111", font(28), anchor="mm")
    columns = (40, 110, 480, 860, 1200)
    heads = ("No", "Nama", "NIK", "No. HP")
    for left, head in zip(columns, heads, strict=False):
        pen.text((left + 8, 170), head, "#111111", font(26, bold=True))
    for number, nik in enumerate(niks):
        y = 220 + number * 56
        pen.line([(40, y), (1200, y)], fill="#888888", width=2)
        cells = (str(number + 1), NAMES[number], nik, PHONES[number % len(PHONES)])
        for left, cell in zip(columns, cells, strict=False):
            pen.text((left + 8, y + 12), cell, "#1a2a6c", font(26))
    return image


def chat(nik: str) -> Image.Image:
    """A screenshot of a chat in which somebody sends a number."""
    image, pen = _sheet((720, 1280), "#e5ddd5")
    pen.rectangle((0, 0, 720, 110), fill="#075e54")
    pen.text((40, 34), "Besse Umpama", "white", font(34, bold=True))
    messages = (
        (False, "Assalamualaikum, mohon dibantu Pak"),
        (True, "Waalaikumsalam, kirim NIK ta"),
        (False, f"NIK saya {nik}"),
        (False, "HP 0812-0000-1101"),
        (True, "Siap, ditunggu ya"),
    )
    for number, (own, text) in enumerate(messages):
        y = 160 + number * 130
        width = int(font(30).getlength(text)) + 50
        left = 690 - width if own else 30
        pen.rounded_rectangle(
            (left, y, left + width, y + 90), 18, fill="#dcf8c6" if own else "white"
        )
        pen.text((left + 24, y + 20), text, "#111111", font(30))
    return image


def driving_licence(number: str) -> Image.Image:
    """A driving licence."""
    image, pen = _sheet((860, 540), "#e9e4d0")
    pen.text((430, 40), "SURAT IZIN MENGEMUDI", "#222222", font(36, bold=True), anchor="mm")
    pen.text((430, 84), "DRIVING LICENSE", "#222222", font(24), anchor="mm")
    rows = (
        *("1. AMBO MISAL", "2. SENGKANG, 12-08-1990", "3. O - PRIA", "4. JL. MISAL NO. 12"),
        *("5. PETANI", "6. SULAWESI SELATAN", f"No. SIM {number}", "Berlaku Hingga 12-08-2029"),
    )
    for line, text in enumerate(rows):
        pen.text((260, 130 + line * 44), text, "#222222", font(26))
    pen.rectangle((30, 140, 220, 400), fill="#3b6fc2")
    return image


def plate(text: str) -> Image.Image:
    """The back of a car with its plate."""
    image, pen = _sheet((1200, 800), "#7f8a93")
    pen.rounded_rectangle((150, 120, 1050, 720), 60, fill="#b3202a")
    pen.rectangle((250, 180, 950, 380), fill="#22303a")
    pen.rounded_rectangle((420, 500, 780, 610), 8, fill="white", outline="black", width=4)
    pen.text((600, 555), text, "black", font(62, bold=True), anchor="mm")
    return image


def poster() -> Image.Image:
    """A poster as offices draw them elsewhere: a date, a place, an official number."""
    image, pen = _sheet((1080, 1350), "#0e4d3a")
    pen.text((80, 120), "Pasar Murah\nJelang Natal", "white", font(110, bold=True))
    pen.text((80, 520), "Selasa, 1 Desember 2026", "#f4c95d", font(60, bold=True))
    pen.text((80, 620), "Pukul 08.00–12.00 WITA", "white", font(48))
    pen.text((80, 700), "Lapangan Merdeka, Sengkang", "white", font(48))
    pen.text((80, 1200), "Darurat: Wajo Masiga 112", "white", font(40))
    return image


def looks(image: Image.Image, seed: int) -> Iterator[tuple[str, Image.Image]]:
    """The picture as it is, turned, blurred, small, poorly compressed, on a table."""
    dice = random.Random(seed)
    yield "plain", image
    for angle in (dice.uniform(4, 10), -dice.uniform(15, 25), 90, 180, 270):
        turned = image.rotate(angle, Image.Resampling.BICUBIC, expand=True, fillcolor="#6b5a48")
        yield f"turned {round(angle)}", turned
    yield "blurred", image.filter(ImageFilter.GaussianBlur(1.6))
    half = (image.width // 2, image.height // 2)
    yield "half size", image.resize(half, Image.Resampling.LANCZOS)
    yield "JPEG 50", jpeg(image, 50)
    yield "small, JPEG 50", jpeg(image.resize(half, Image.Resampling.LANCZOS), 50)
    yield "on a table", on_a_table(image, dice)
    yield "dim and noisy", noisy(image, seed)


def jpeg(image: Image.Image, quality: int) -> Image.Image:
    """The picture after a JPEG of this quality."""
    file = BytesIO()
    image.save(file, "JPEG", quality=quality)
    file.seek(0)
    return Image.open(file).convert("RGB")


def on_a_table(image: Image.Image, dice: random.Random) -> Image.Image:
    """The document small in a photo of 12 megapixels, a third of its width, slightly turned."""
    table = Image.new("RGB", (4000, 3000), "#6b5a48")
    pen = ImageDraw.Draw(table)
    for _line in range(120):
        y = dice.randrange(3000)
        pen.line([(0, y), (4000, y + dice.randrange(-60, 60))], fill="#5d4d3d", width=5)
    width = 1300
    card = image.resize((width, image.height * width // image.width), Image.Resampling.LANCZOS)
    mask = Image.new("L", card.size, 255)
    angle = dice.uniform(-8, 8)
    card = card.rotate(angle, Image.Resampling.BICUBIC, expand=True)
    mask = mask.rotate(angle, Image.Resampling.BICUBIC, expand=True)
    table.paste(card, (dice.randrange(200, 2300), dice.randrange(150, 1200)), mask)
    return table


def noisy(image: Image.Image, seed: int) -> Image.Image:
    """A dark room: less light, grain."""
    import numpy

    grain = numpy.random.default_rng(seed).normal(0, 9, (image.height, image.width, 3))
    dark = numpy.asarray(image, dtype=numpy.float64) * 0.55 + grain
    return Image.fromarray(dark.clip(0, 255).astype("uint8"))


def mock_set(*, every: int = 1) -> Iterator[MockPicture]:
    """Every document in every look; of the looks of each only one in ``every``."""
    for number, (kind, image, niks, cards) in enumerate(_documents()):
        for index, (look, changed) in enumerate(looks(image, number)):
            if (index + number) % every == 0:
                yield MockPicture(kind, look, changed, niks, cards)


def _documents() -> Iterator[tuple[str, Image.Image, tuple[str, ...], tuple[str, ...]]]:
    for index in range(8):
        nik = NIKS[index]
        yield "KTP", ktp(nik, NAMES[index % len(NAMES)]), (nik,), ()
    for index in range(2):
        niks = NIKS[4 * index : 4 * index + 4]
        yield "KK", family_card(CARDS[index], niks), niks, (CARDS[index],)
    for index in range(2):
        niks = NIKS[8 + 3 * index : 13 + 3 * index]
        yield "attendance list", attendance(niks), niks, ()
    for index in range(2):
        yield "chat", chat(NIKS[14 + index]), (NIKS[14 + index],), ()
    yield "SIM", driving_licence("900813123456"), (), ()
    for text in PLATES[:2]:
        yield "plate", plate(text), (), ()
    yield "poster", poster(), (), ()
