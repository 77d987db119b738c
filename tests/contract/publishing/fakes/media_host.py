"""A bucket or WebDAV folder in small, with the public side from which networks fetch."""

import hashlib
import hmac
import re

from tests.contract.publishing.fakes.base import Asked, FakeNetwork, Told, Wrong, need

ACCESS, SECRET, BUCKET = "AK-test", "SK-test", "wajo-media"
_NAME = re.compile(r"[0-9a-f]{32}\.jpg")


class FakeMediaHost(FakeNetwork):
    """Takes signed requests under ``/wajo-media`` and Basic ones under ``/dav``.

    Attributes:
        objects: what lies there now.
        ever: names of everything that ever lay there.
        serves_as: the media type told to those who fetch.
    """

    def __init__(self) -> None:
        super().__init__()
        self.objects: dict[str, bytes] = {}
        self.ever: set[str] = set()
        self.serves_as = "image/jpeg"
        self.lets_in = True

    def wrong(self, status: int, why: str) -> Told:
        return Told(status, content=why.encode(), headers={"Content-Type": "text/plain"})

    def expired(self) -> Told:
        return self.wrong(403, "ExpiredToken")

    def too_many(self) -> Told:
        return Told(429, content=b"SlowDown", headers={"Retry-After": "2"})

    def handle(self, asked: Asked) -> Told:
        folder, _, name = asked.path.strip("/").partition("/")
        if asked.method == "GET" and folder == "public":
            return self._fetch(name)
        if not self.lets_in:
            return self.wrong(403, "AccessDenied")
        if folder == BUCKET:
            self._check_signature(asked)
        elif folder == "dav":
            need(
                asked.headers.get("authorization") == "Basic QUstdGVzdDpTSy10ZXN0", "password", 401
            )
        else:
            raise Wrong(404, "NoSuchBucket")
        need(_NAME.fullmatch(name), f"{name!r} is no random ASCII name")
        if asked.method == "DELETE":
            if self.objects.pop(name, None) is None and folder == "dav":
                return Told(404)
            return Told(204)
        need(asked.method == "PUT", "PUT or DELETE", 405)
        need(asked.media_type == "image/jpeg", "content type")
        need(asked.headers.get("content-length"), "content length", 411)
        self.objects[name] = asked.body
        self.ever.add(name)
        return Told(201 if folder == "dav" else 200)

    def _fetch(self, name: str) -> Told:
        if name not in self.objects:
            return Told(404)
        return Told(200, content=self.objects[name], headers={"Content-Type": self.serves_as})

    def _check_signature(self, asked: Asked) -> None:
        """AWS Signature Version 4, worked out anew from the request that came in."""
        given = asked.headers.get("authorization", "")
        found = re.fullmatch(
            r"AWS4-HMAC-SHA256 Credential=([^/]+)/(\d{8})/([^/]+)/s3/aws4_request, "
            r"SignedHeaders=([a-z0-9;-]+), Signature=([0-9a-f]{64})",
            given,
        )
        if found is None:
            raise Wrong(403, "no AWS4 signature")
        access, day, region, names, signature = found.groups()
        need(access == ACCESS, "InvalidAccessKeyId", 403)
        body = hashlib.sha256(asked.body).hexdigest()
        need(asked.headers.get("x-amz-content-sha256") == body, "content hash", 403)
        need("host" in names.split(";"), "host is not signed", 403)
        lines = "".join(f"{name}:{asked.headers[name].strip()}\n" for name in names.split(";"))
        canonical = f"{asked.method}\n{asked.path}\n\n{lines}\n{names}\n{body}"
        scope = f"{day}/{region}/s3/aws4_request"
        digest = hashlib.sha256(canonical.encode()).hexdigest()
        text = f"AWS4-HMAC-SHA256\n{asked.headers['x-amz-date']}\n{scope}\n{digest}"
        key = f"AWS4{SECRET}".encode()
        for part in (day, region, "s3", "aws4_request"):
            key = hmac.digest(key, part.encode(), "sha256")
        right = hmac.new(key, text.encode(), "sha256").hexdigest()
        need(signature == right, "SignatureDoesNotMatch", 403)
