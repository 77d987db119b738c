"""The largest pictures stay within the memory of an office PC, each in a fresh process."""

import struct
import subprocess
import sys
import zlib
from pathlib import Path

import pytest

from tests.integration.photo_files import png_chunk
from wajo_studio.domain.geometry import PixelSize
from wajo_studio.photo.load import inspect_photo

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="peaks are read by POSIX means")

ROOT = Path(__file__).resolve().parents[2]


def _peak_mb(path: Path) -> float:
    """The peak of a fresh process that makes one whole placement from the photo."""
    # Linux lets ru_maxrss outlive exec: a large parent would be measured, not the child.
    script = (
        "import resource, sys\n"
        "from pathlib import Path\n"
        "from benchmarks.photo_memory import place\n"
        "place(Path(sys.argv[1]))\n"
        "status = Path('/proc/self/status')\n"
        "if status.exists():\n"
        "    print(status.read_text().split('VmHWM:')[1].split()[0])\n"
        "else:\n"
        "    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    command = [sys.executable, "-c", script, str(path)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT)
    return int(done.stdout) * (1 if sys.platform == "darwin" else 1024) / 1e6


def test_200_megapixels_of_png(tmp_path: Path) -> None:
    width, height = 16_000, 12_500
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    path = tmp_path / "200mp.png"
    packer = zlib.compressobj(1)
    row = b"\0" + bytes(range(250)) * (width * 3 // 250)
    with path.open("wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n" + png_chunk(b"IHDR", head))
        for _row in range(height):
            if part := packer.compress(row):
                file.write(png_chunk(b"IDAT", part))
        file.write(png_chunk(b"IDAT", packer.flush()) + png_chunk(b"IEND", b""))
    assert inspect_photo(path).size == PixelSize(width, height)
    assert _peak_mb(path) <= 1500


@pytest.mark.shared_media
def test_144_megapixels_of_webp(shared_media: Path) -> None:
    path = shared_media / "photos" / "huge-144mp-webp-bomb.webp"
    assert _peak_mb(path) <= 600  # Pillow alone needs 2,200
