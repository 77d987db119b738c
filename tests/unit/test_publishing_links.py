"""Addresses that people paste as proof: right network, right shape, else one clear sentence."""

import pytest

from wajo_studio.domain.placement import PLACEMENTS
from wajo_studio.errors import InputError
from wajo_studio.services.publishing.links import read_link


@pytest.mark.parametrize(
    ("placement", "link", "remote_id"),
    [
        ("facebook.feed", "https://www.facebook.com/pemkabwajo/posts/pfbid02AbC", "pfbid02AbC"),
        (
            "facebook.feed",
            "https://www.facebook.com/permalink.php?story_fbid=123&id=456",
            "123",
        ),
        ("facebook.feed", "https://www.facebook.com/photo/?fbid=77&set=a.1", "77"),
        ("facebook.feed", "https://web.facebook.com/share/p/1AbCdEf/", None),
        ("facebook.feed", "https://www.facebook.com/100200_300400", "100200_300400"),
        ("facebook.reel", "https://www.facebook.com/reel/998877", "998877"),
        (
            "facebook.story",
            "https://www.facebook.com/stories/123456/UzpfS/?view_single=1",
            "123456",
        ),
        ("instagram.feed", "https://www.instagram.com/p/C1a-B_2/?img_index=1", None),
        ("instagram.carousel", "instagram.com/pemkabwajo/p/C1a-B_2/", None),
        ("instagram.reel", "https://www.instagram.com/reel/C1aB2/", None),
        ("instagram.story", "https://www.instagram.com/stories/pemkabwajo/345/", "345"),
        ("x.post", "https://x.com/wajo/status/1234567890?s=20", "1234567890"),
        ("x.post", "http://twitter.com/wajo/status/12", "12"),
        ("x.post", "https://x.com/i/web/status/12", "12"),
        ("youtube.video", "https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=3", "dQw4w9WgXcQ"),
        ("youtube.video", "https://youtu.be/dQw4w9WgXcQ?si=a", "dQw4w9WgXcQ"),
        ("youtube.short", "https://youtube.com/shorts/dQw4w9WgXcQ", "dQw4w9WgXcQ"),
        ("tiktok.video", "https://www.tiktok.com/@wajo.kab/video/7300?is_from_webapp=1", "7300"),
        ("tiktok.photo", "https://www.tiktok.com/@wajo/photo/7301", "7301"),
        ("tiktok.video", "https://vt.tiktok.com/ZSabc/", None),
    ],
)
def test_addresses_as_the_networks_write_them(
    placement: str, link: str, remote_id: str | None
) -> None:
    found = read_link(placement, f"  {link} ")
    assert found.remote_id == remote_id
    assert found.address.startswith("https://")


@pytest.mark.parametrize(
    ("placement", "link"),
    [
        ("x.post", ""),
        ("x.post", "sudah saya unggah"),
        ("x.post", "https://x.com/wajo"),
        ("x.post", "https://x.com/wajo/status/"),
        ("x.post", "https://x.com.evil.id/wajo/status/12"),
        ("x.post", "https://evil.id/?https://x.com/wajo/status/12"),
        ("x.post", "https://x.com@evil.id/wajo/status/12"),
        ("x.post", "javascript:alert(1)//x.com/wajo/status/12"),
        ("x.post", "https://www.instagram.com/p/C1a/"),
        ("instagram.reel", "https://www.instagram.com/pemkabwajo/"),
        ("instagram.feed", "https://www.instagram.com/reel/C1a/"),
        ("youtube.video", "https://www.youtube.com/@wajo"),
        ("youtube.video", "https://www.youtube.com/watch?v=abc"),
        ("youtube.short", "https://studio.youtube.com/video/dQw4w9WgXcQ/edit"),
        ("tiktok.video", "https://www.tiktok.com/@wajo"),
        ("facebook.feed", "https://www.facebook.com/pemkabwajo"),
        ("facebook.reel", "https://www.facebook.com/pemkabwajo/posts/1"),
        ("facebook.feed", "https://[::1"),
    ],
)
def test_what_leads_nowhere_is_refused(placement: str, link: str) -> None:
    with pytest.raises(InputError) as refusal:
        read_link(placement, link)
    assert refusal.value.code == "input.link"


@pytest.mark.parametrize("placement", PLACEMENTS)
def test_every_placement_has_shapes_with_a_source(placement: str) -> None:
    import re

    from wajo_studio.services.publishing.data import read_data

    network, _dot, surface = placement.partition(".")
    rules = read_data("links.toml")[network]
    assert rules["source"]["url"].startswith("https://")
    assert rules["source"]["checked"]
    assert all(re.compile(pattern) for pattern in rules["shapes"][surface])
