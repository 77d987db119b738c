"""A gigabyte goes out without ever being in memory."""

import json
import re
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[3]
MEMORY_MAX_BYTES = 150_000_000

_UPLOAD = """
import resource, sys, types
from pathlib import Path
from tests.contract.publishing.driver import Bench
from wajo_studio.domain.account import Account
from wajo_studio.domain.placement import network_of
from wajo_studio.networks.parcel import Parcel, ParcelFile

placement, path, origin = sys.argv[1:]
network, file = network_of(placement), Path(path)
ORIGINS = ("api", "www", "oauth", "graph", "rupload")
fake = types.SimpleNamespace(origins=lambda o: dict.fromkeys(ORIGINS, o))
served = types.SimpleNamespace(fake=fake, origin=origin)
clip = ParcelFile(file, "video", file.stat().st_size, "0" * 64, 1080, 1920, 60.0)
options = {"privacy": "private", "made_for_kids": False}
options |= {"privacy_level": "SELF_ONLY", "music_usage_confirmed": True}
texts = {"title": "Rapat", "description": "", "caption": "Rapat"}
account = Account("a", network, "A", "1", username="a")
import tests.contract.publishing.driver as driver
driver._STEPS_MAX = 2000
result = Bench(served, account, Parcel(placement, (clip,), texts, options)).deliver()
status = Path("/proc/self/status")
if status.exists():  # on Linux ru_maxrss outlives exec: the parent would be measured
    peak = int(status.read_text().split("VmHWM:")[1].split()[0]) * 1024
else:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(result.state, result.error, peak, sep="\\t")
"""


class _Discarding(BaseHTTPRequestHandler):
    """Each network in its barest form: counts bytes and forgets them."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    timeout = 30
    received = size = 0

    def _do(self) -> None:
        left = int(self.headers.get("Content-Length", "0"))
        type(self).received += left
        while left:
            left -= len(self.rfile.read(min(left, 1_000_000)))
        status, document, headers = self._answer()
        content = b"" if document is None else json.dumps(document).encode()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def _answer(self) -> tuple[int, Any, dict[str, str]]:
        path = self.path.partition("?")[0]
        host = f"http://{self.headers['Host']}"
        ranged = re.fullmatch(r"bytes \d+-(\d+)/(\d+)", self.headers.get("Content-Range", ""))
        complete = ranged is not None and int(ranged[1]) + 1 == int(ranged[2])
        so_far = {"Range": f"bytes=0-{ranged[1]}"} if ranged else {}
        ok = {"code": "ok", "message": "", "log_id": ""}
        match path.rstrip("/"):
            case "/upload/youtube/v3/videos":
                return 200, None, {"Location": f"{host}/youtube-session"}
            case "/youtube-session":
                video = {"id": "v1", "status": {"privacyStatus": "private"}}
                return (201, video, {}) if complete else (308, None, so_far)
            case "/youtube/v3/videos":
                return 200, {"items": [{"id": "v1", "status": {"uploadStatus": "processed"}}]}, {}
            case "/v2/post/publish/creator_info/query":
                return 200, {"data": {"privacy_level_options": ["SELF_ONLY"]}, "error": ok}, {}
            case "/v2/post/publish/video/init":
                data = {"publish_id": "p1", "upload_url": f"{host}/tiktok-upload"}
                return 200, {"data": data, "error": ok}, {}
            case "/tiktok-upload":
                return 201 if complete else 206, None, {}
            case "/v2/post/publish/status/fetch":
                return 200, {"data": {"status": "PUBLISH_COMPLETE"}, "error": ok}, {}
            case "/v26.0/1/videos":
                begun = {"video_id": "v1", "upload_session_id": "s1"}
                start = min(self.received // 1_000_000 * 1_000_000, self.size)
                offsets = {"start_offset": start, "end_offset": self.size}
                return 200, {"success": True, **begun, **offsets}, {}
            case "/v26.0/1/video_reels":
                begun = {"video_id": "v1", "upload_url": f"{host}/rupload"}
                return 200, {"success": True, **begun}, {}
            case "/v26.0/1/media" | "/v26.0/1/media_publish":
                return 200, {"id": "v1", "uri": f"{host}/rupload"}, {}
            case "/rupload":
                return 200, {"success": True}, {}
            case "/v26.0/v1":
                phase = {"status": "complete", "publish_status": "published"}
                status = {"video_status": "ready", "publishing_phase": phase}
                status = status if self.received > self.size else {}
                return 200, {"status": status, "status_code": "FINISHED"}, {}
            case "/v26.0/1/content_publishing_limit":
                return 200, {"data": [{"quota_usage": 0}]}, {}
            case "/2/tweets":
                return 201, {"data": {"id": "1"}}, {}
        return 200, {"data": {"id": "7"}}, {}  # every upload call of X

    do_GET = do_POST = do_PUT = _do

    def log_message(self, *_words: Any) -> None:
        """Say nothing."""


@contextmanager
def discarding(size: int) -> Iterator[tuple[str, type[_Discarding]]]:
    handler = type("Handler", (_Discarding,), {"size": size})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        server.block_on_close = False
        thread = threading.Thread(target=lambda: server.serve_forever(0.05), daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}", handler
        finally:
            server.shutdown()
            thread.join(5)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="the peak of memory is read by getrusage")
@pytest.mark.parametrize(
    ("placement", "size"),
    [
        ("youtube.video", 1_000_000_000),
        ("tiktok.video", 1_000_000_000),
        ("x.post", 512_000_000),
        ("facebook.feed", 1_000_000_000),
        ("facebook.reel", 1_000_000_000),
        ("instagram.reel", 300_000_000),
    ],
)
def test_a_large_clip_goes_out_in_little_memory(
    tmp_path: Path, placement: str, size: int, record_property: Callable[[str, object], None]
) -> None:
    clip = tmp_path / "01.mp4"
    with clip.open("wb") as file:
        file.truncate(size)  # sparse: takes no room on the disk
    with discarding(size) as (origin, handler):
        done = subprocess.run(
            [sys.executable, "-c", _UPLOAD, placement, str(clip), origin],
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=110,
            check=False,
        )
    assert done.returncode == 0, done.stderr
    state, error, peak = done.stdout.strip().split("\t")
    assert state == "published", error
    assert size <= handler.received < size * 1.01
    assert int(peak) < MEMORY_MAX_BYTES
    record_property("peak_mb", int(peak) // 1_000_000)
