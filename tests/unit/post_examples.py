"""A post.toml with everything in it, for the tests of reading and writing."""

FULL = '''# Konten contoh
schema = 1                       # format
name = "Layanan keliling Kecamatan Tempe"
agency = "diskominfotik"         # OPD
pillar = "layanan-publik"
information_class = "berkala"
template = "pengumuman-layanan"
placements = ["instagram.feed", "instagram.reel", "x.post", "youtube.short", "tiktok.video"]
schedule = 2026-12-01T09:00:00+08:00   # WITA

[fields]                         # isian
judul = "Layanan Keliling"
tanggal = 2026-12-01
waktu = "08.00–14.00 WITA"
jumlah = 12.50
langkah = ["Daftar", ["Ambil nomor", 2]]

[captions]
base = "Ayo datang"              # umum
"instagram.reel" = """
Baris satu
Baris "dua" \\\\ tiga
"""

[[media]]                        # foto utama
id = "foto1"
path = "media/IMG_0001.jpg"
alt = "Warga mengantre"
consent = true
focus = [0.5, 0.4]               # wajah
blur = [[0.10, 0.20, 0.15, 0.12]]

[[media]]
id = "klip1"
path = "media/VID_0007.mov"
in = 3.2
out = 18.0
subtitles = "media/VID_0007.srt"
subtitles_mode = "burn"
cover_s = 5
reframe = "fit-blur"
focus_path = [[3.2, 0.5, 0.5], [9.0, 0.3, 0.5]]
lower_third = { name = "Camat", role = "Tempe", from = 4.0, to = 8.0 }

[[media]]
id = "musik1"
path = "media/latar.mp3"
use = "music"
licence = "Rekaman sendiri 2026"

[options.youtube]
privacy = "public"
made_for_kids = false
category = "25"
tags = ["wajo", "layanan"]

[options.facebook]               # bukan penempatan konten ini
apa_saja = 5

[options."x.post"]
format = "1:1"

[attestations]
face-consent-attest = { by = "admin", at = 2026-11-24T10:00:00+08:00, evidence = "media/izin.jpg" }

[waivers]
hashtag-count = { by = "kadis", at = 2026-11-24T10:00:00, role = "kepala", reason = "Kampanye" }

[exceptions]
pii-phone = ["0811-000-000"]
'''

SMALL = """schema = 1
name = "Kecil"
agency = "diskominfotik"
template = "polos"
placements = ["x.post"]
"""


def changed(old: str, new: str, text: str = FULL) -> str:
    """``text`` with one piece replaced; the piece must be there."""
    assert old in text, old
    return text.replace(old, new, 1)
