"""What ``check`` refuses, finds, forgives and ignores."""

from pathlib import Path
from typing import Any

import pytest

from tests.integration.cli_helpers import (
    CLIP,
    FIELDS,
    NOW,
    PHOTO,
    Outcome,
    call,
    clip,
    finding,
    jpeg,
    make_post,
    rules,
)

PLAIN = 'pillar = "layanan-publik"\ninformation_class = "berkala"\n'


def check(post: Path, *words: str) -> Outcome:
    """Check without looking at the clock."""
    return call("check", post, "--now", NOW, "--json", *words)


def test_document_is_the_one_promised(tmp_path: Path) -> None:
    post = make_post(tmp_path / "post", ("instagram.feed", "youtube.video"), top="")
    document = check(post).json
    assert list(document) == ["schema", "result", "findings", "not_checked"]
    assert (document["schema"], document["result"]) == (1, "needs-fix")
    for found in document["findings"]:
        assert list(found) == [
            "rule", "severity", "message", "detail", "where", "placements", "source", "fix",
        ]  # fmt: skip
        assert list(found["where"]) == ["kind", "id", "span", "box", "time"]
        assert found["where"]["kind"] in ("field", "caption", "media", "artwork", "video", "post")
        assert found["severity"] in ("block", "warn", "info", "attest")
        assert found["source"]
        assert "\n" not in found["message"]


@pytest.mark.parametrize(
    ("top", "body", "result", "status"),
    [
        (PLAIN, "", "pass", 0),
        ("", "", "needs-approval", 0),
        ('information_class = "dikecualikan"', "", "needs-fix", 1),
        (PLAIN + "schedule = 2026-11-24T08:59:00", "", "pass", 0),
        ('pillar = "krisis"\ninformation_class = "berkala"', "", "needs-approval", 0),
    ],
)
def test_result_and_status(tmp_path: Path, top: str, body: str, result: str, status: int) -> None:
    outcome = check(make_post(tmp_path / "post", top=top, body=body + PHOTO))
    assert (outcome.json["result"], outcome.status) == (result, status)
    assert outcome.err == ""


WRONG_POSTS: list[tuple[str, str, str]] = [
    ("agency", 'agency = "dinas-gaib"', "dinas-gaib"),
    ("agency", 'agency = ""', "agency"),
    ("template", 'template = "tidak-ada"', "tidak-ada"),
    ("template", 'template = "../polos"', "polos"),
    ("template", 'template = "_shared"', "_shared"),
    ("placements", 'placements = ["instagram.feeds"]', "instagram.feeds"),
    ("placements", "placements = []", "placements"),
    ("placements", 'placements = "instagram.feed"', "placements"),
    ("placements", 'placements = ["x.post", "x.post"]', "x.post"),
    ("schema", "schema = 2", "post.toml"),
    ("schema", 'schema = "1"', "schema"),
    ("schema", "", "schema"),
    ("name", "", "name"),
    ("name", 'name = " "', "name"),
    ("name", 'name = "Uji"\npilar = "edukasi"', "pilar"),
    ("name", 'name = "Uji"\npillar = "edukatif"', "pillar"),
    ("name", 'name = "Uji"\nschedule = "besok"', "schedule"),
    ("name", 'name = "Uji"\nschedule = 2026-12-01', "schedule"),
    ("name", 'name = "Uji', "post.toml"),
]


@pytest.mark.parametrize(("key", "line", "named"), WRONG_POSTS)
def test_a_key_that_cannot_be_used_is_named(
    tmp_path: Path, key: str, line: str, named: str
) -> None:
    post = make_post(tmp_path / "post", top="")
    lines = (post / "post.toml").read_text("utf-8").splitlines()
    lines = [line if old.startswith(f"{key} =") else old for old in lines]
    (post / "post.toml").write_text("\n".join(lines), encoding="utf-8")
    refused(post, named)


WRONG_BODIES = [
    ("[fields]\nisi = 5", "fields.isi"),
    ('[fields]\njudul = ["a"]', "fields.judul"),
    ('[captions]\nbases = "x"', "captions.bases"),
    ("[captions]\nbase = 5", "captions.base"),
    ('[captions]\ninstagram.feed = "x"', "instagram.feed"),
    ('[options.instagram]\nprivacy = "public"', "options.instagram.privacy"),
    ('[options."instagram.feed"]\nformat = "9:16"', "format"),
    ('[options.instagram]\nformat = "21:9"', "options.instagram.format"),
    ("[options.myspace]\nx = 1", "options.myspace"),
    ('[attestations]\nface-consent-attest = { by = "admin" }', "face-consent-attest"),
    ('[waivers]\npii-nik = { by = "a", at = 2026-11-01T09:00:00, role = "kepala" }', "pii-nik"),
    ('[exceptions]\npii-nik = "teks"', "exceptions.pii-nik"),
    ('[[media]]\nid = "foto1"\npath = "media/foto1.jpg"', "foto1"),
    ('[[media]]\nid = "b"\npath = "media/tidak-ada.jpg"', "tidak-ada.jpg"),
    ('[[media]]\nid = "b"\npath = "../post.toml"', "../post.toml"),
    ('[[media]]\nid = "b"\npath = "/etc/passwd"', "/etc/passwd"),
    ('[[media]]\nid = "b"\npath = "media"', "media"),
    ('[[media]]\nid = "b"\npath = "post.toml"', "post.toml"),
    ('[[media]]\nid = "b"\npath = "media/foto1.jpg"\nfocus = [0.5]', "focus"),
    ('[[media]]\nid = "b"\npath = "media/foto1.jpg"\nfocus = [0.5, 1.5]', "focus"),
    ('[[media]]\nid = "b"\npath = "media/foto1.jpg"\nconsent = "ya"', "consent"),
    ('[[media]]\nid = "b"\npath = "media/foto1.jpg"\nin = 5.0\nout = 3.0', "out"),
    ('[[media]]\nid = "b"\npath = "media/foto1.jpg"\nuse = "music"', "b"),
    ('[[media]]\nid = "b"\npath = "media/foto1.jpg"\ncaption = "x"', "caption"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "named"), WRONG_BODIES)
def test_a_table_that_cannot_be_used_is_named(tmp_path: Path, body: str, named: str) -> None:
    template = "pengumuman-layanan" if "format" in body else "polos"
    refused(make_post(tmp_path / "post", template=template, body=f"{body}\n{PHOTO}"), named)


def refused(post: Path, named: str) -> None:
    """Both commands say the same one sentence, and nothing is written."""
    outcome = check(post)
    assert outcome.status == 2, outcome.out
    assert named in outcome.error["message"]
    assert outcome.error["message"] == outcome.sentence
    exported = call("export", post, "--out", post.parent / "out", "--json", "--force")
    assert (exported.status, exported.error) == (2, outcome.error)
    assert not (post.parent / "out").exists()


def test_what_is_tolerated(tmp_path: Path) -> None:
    """Fields, options and statements nobody asks for are kept and ignored."""
    body = """
[fields]
judul = "Judul"
isi = "Isi"
tanggal = 2026-12-01
jumlah = 5
tabel = [["a", 1], { b = 2.50 }]
[captions]
youtube = "tak dipakai"
"tiktok.video" = "tak dipakai"
[options.youtube]
privasi = 5
[options."tiktok.video"]
logo = "ya"
[attestations]
tidak-dikenal = { by = "admin", at = 2026-11-24T10:00:00 }
music-licence-attest = { by = "admin", at = 2026-11-24T10:00:00+08:00 }
[waivers]
tidak-dikenal = { by = "a", at = 2026-11-01T09:00:00, role = "admin", reason = "b" }
[exceptions]
tidak-dikenal = ["x"]
"""
    outcome = check(make_post(tmp_path / "post", body=body + PHOTO))
    assert outcome.status == 0, outcome.err
    assert outcome.json["result"] == "pass"


def test_required_fields(tmp_path: Path) -> None:
    fields = FIELDS.replace('waktu = "08.00–14.00 WITA"', 'waktu = " "').replace(
        "tanggal = 2026-12-01", ""
    )
    post = make_post(tmp_path / "post", template="pengumuman-layanan", body=fields + PHOTO)
    outcome = check(post)
    assert outcome.status == 1
    blocks = [f for f in outcome.json["findings"] if f["severity"] == "block"]
    assert {f["rule"] for f in blocks} == {"field-required"}
    assert [f["where"] for f in blocks] == [
        {"kind": "field", "id": name, "span": None, "box": None, "time": None}
        for name in ("tanggal", "waktu")
    ]


def test_photo_fields(tmp_path: Path, film: Path) -> None:
    files = {"media/foto1.jpg": jpeg(), "media/klip1.mp4": film}
    for number, (value, status) in enumerate([("foto1", 0), ("", 0), ("klip1", 2), ("foto9", 2)]):
        post = make_post(
            tmp_path / str(number),
            template="pengumuman-layanan",
            body=f'{FIELDS}foto = "{value}"\n{PHOTO}{CLIP}',
            files=files,
        )
        outcome = check(post)
        assert outcome.status == status, outcome.err
        if status == 2:
            assert "fields.foto" in outcome.error["message"]
            assert value in outcome.error["message"]


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A short clip."""
    return clip(tmp_path_factory.mktemp("clips"))


def test_consent_and_statements(tmp_path: Path, film: Path) -> None:
    bare = PHOTO.replace("consent = true", "").replace('credit = "Dok. Diskominfotik"', "")
    open_post = make_post(tmp_path / "open", body=bare)
    document = check(open_post).json
    assert sorted(rules(document, "attest")) == ["face-consent-attest", "photo-rights-attest"]
    assert document["result"] == "needs-approval"
    given = '[attestations]\nface-consent-attest = { by = "a", at = 2026-11-24T10:00:00 }\n'
    given += 'photo-rights-attest = { by = "a", at = 2026-11-24T10:00:00 }\n'
    assert check(make_post(tmp_path / "given", body=given + bare)).json["result"] == "pass"
    stale = given.replace("10:00:00 }", '10:00:00, covers = "earlier" }')
    assert rules(check(make_post(tmp_path / "stale", body=stale + bare)).json, "attest")
    # a tick counts for every picture and clip in use, and for those alone
    files = {"media/foto1.jpg": jpeg(), "media/klip1.mp4": film}
    unticked = CLIP.replace("consent = true", "")
    unused = make_post(tmp_path / "unused", body=PHOTO + unticked, files=files)
    assert check(unused).json["result"] == "pass"
    used = make_post(
        tmp_path / "used", ("x.post", "youtube.video"), body=PHOTO + unticked, files=files
    )
    assert finding(check(used).json, "face-consent-attest")["where"]["id"] == "klip1"


def test_exempt_information_is_waived_by_nobody(tmp_path: Path) -> None:
    waiver = (
        "[waivers]\ninfo-class-attest = "
        '{ by = "a", at = 2026-11-01T09:00:00, role = "kepala", reason = "b" }\n'
        "[attestations]\ninfo-class-attest = "
        '{ by = "a", at = 2026-11-01T09:00:00, role = "kepala" }\n'
    )
    post = make_post(
        tmp_path / "post", top='information_class = "dikecualikan"', body=waiver + PHOTO
    )
    outcome = check(post)
    assert outcome.status == 1
    assert rules(outcome.json, "block") == ["info-class-attest"]


def test_a_waiver_turns_a_block_into_a_note(tmp_path: Path) -> None:
    caption = f'[captions]\nbase = "{"a" * 281}"\n'
    reason = 'by = "Admin", at = 2026-11-01T09:00:00, reason = "sudah disetujui"'
    for number, (role, approved) in enumerate([("admin", False), ("kepala", True)]):
        waiver = f'[waivers]\nplatform-text-limit = {{ {reason}, role = "{role}" }}\n'
        post = make_post(tmp_path / str(number), ("x.post",), body=caption + waiver + PHOTO)
        outcome = check(post)
        assert outcome.status == 0, outcome.out
        note = finding(outcome.json, "platform-text-limit")
        assert note["severity"] == "info"
        assert "sudah disetujui" in note["detail"]
        assert ("head-approval-attest" in rules(outcome.json, "attest")) is not approved


def test_crisis_posts_need_the_head(tmp_path: Path) -> None:
    top = 'pillar = "krisis"\ninformation_class = "serta-merta"\n'
    by_head = 'by = "Kepala", at = 2026-11-24T10:00:00, role = "kepala"'
    given = f"[attestations]\nhead-approval-attest = {{ {by_head} }}\n"
    assert rules(check(make_post(tmp_path / "a", top=top)).json, "attest") == [
        "head-approval-attest"
    ]
    signed = check(make_post(tmp_path / "b", top=top, body=given + PHOTO))
    assert signed.json["result"] == "pass"


def test_blocks_of_other_placements_do_not_count(tmp_path: Path) -> None:
    body = f'[captions]\nx = "{"a" * 300}"\nbase = "b"\n{PHOTO}'
    post = make_post(tmp_path / "post", ("x.post", "instagram.feed", "youtube.short"), body=body)
    everything = check(post)
    assert everything.status == 1
    assert sorted(rules(everything.json, "block")) == ["media-missing", "platform-text-limit"]
    assert check(post, "--placement", "instagram.feed").json["result"] == "pass"
    only_x = check(post, "--placement", "x.post", "--placement", "instagram.feed")
    assert rules(only_x.json, "block") == ["platform-text-limit"]
    out = tmp_path / "out"
    words = ("--out", out, "--placement", "instagram.feed", "--now", NOW, "--json")
    assert call("export", post, *words).status == 0
    exempt = make_post(
        tmp_path / "exempt", ("x.post", "instagram.feed"), top='information_class = "dikecualikan"'
    )
    assert check(exempt, "--placement", "instagram.feed").status == 1  # it has no placement


def test_force_leaves_out_what_has_no_material(tmp_path: Path) -> None:
    post = make_post(
        tmp_path / "post", ("instagram.feed", "instagram.carousel", "youtube.video", "tiktok.video")
    )
    out = tmp_path / "out"
    blocked = call("export", post, "--out", out, "--now", NOW, "--json")
    assert blocked.status == 1
    missing = [f for f in blocked.json["findings"] if f["rule"] == "media-missing"]
    left_out = {"instagram.carousel", "youtube.video", "tiktok.video"}
    assert {f["severity"] for f in missing} == {"block"}
    assert {p for f in missing for p in f["placements"]} == left_out
    forced = call("export", post, "--out", out, "--now", NOW, "--json", "--force")
    assert forced.status == 0
    for placement in left_out:
        assert placement in forced.err
        assert not (out / placement).exists()
    assert list(forced.json["captions"]) == ["instagram.feed"]
    assert {entry.name for entry in out.iterdir()} == {
        "instagram.feed",
        "manifest.json",
        "report.html",
    }
    nothing = call(
        "export", post, "--out", out, "--placement", "youtube.video", "--json", "--force"
    )
    assert nothing.status == 0
    assert nothing.json["renditions"] == []
    assert nothing.json["files"] == ["manifest.json", "report.html"]


def test_people_read_findings_on_standard_error(tmp_path: Path) -> None:
    post = make_post(tmp_path / "post", ("instagram.feed", "youtube.video"), top="")
    for words in (("check", post), ("export", post, "--out", tmp_path / "out")):
        outcome = call(*words, "--lang", "en")
        assert (outcome.status, outcome.out) == (1, "")
        assert "[must be fixed]" in outcome.err
        assert "media-missing: youtube.video" in outcome.err
    assert "--force" in outcome.err


def test_a_broken_check_is_told_and_does_not_block(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from wajo_studio.compliance import check as registry

    def broken(*_args: Any) -> Any:
        raise ZeroDivisionError

    monkeypatch.setitem(registry._load().text, "platform-text-limit", broken)
    outcome = check(make_post(tmp_path / "post", body='[captions]\nbase = "x"\n' + PHOTO))
    assert outcome.status == 0
    assert outcome.json["result"] == "needs-approval"
    assert [entry["rule"] for entry in outcome.json["not_checked"]] == ["platform-text-limit"]
    assert list(outcome.json["not_checked"][0]) == ["rule", "reason"]
    assert outcome.err == ""
