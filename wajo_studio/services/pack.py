"""Packs: the regency's rules, lists and network limits as one signed and dated file.

A ``.wajopack`` is a JSON document of text files with who laid them down, a version and a day,
signed with Ed25519. Diskominfotik makes it; agencies take it in with one command or click. A
pack replaces what an earlier pack brought as a whole; nothing of a pack that cannot be used is
kept. The first pack of a signer has to be trusted by a person who compared the fingerprint.
"""

import base64
import binascii
import hashlib
import json
import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from wajo_studio import atomic, paths
from wajo_studio.compliance.office import FILE_NAME as LISTS
from wajo_studio.compliance.office import read_office
from wajo_studio.compliance.rules import load_rules
from wajo_studio.domain.placement import Network
from wajo_studio.errors import InputError, disk_error
from wajo_studio.i18n import N_
from wajo_studio.services.remembered import recall, recall_texts, remember
from wajo_studio.specs.loader import load_specs
from wajo_studio.vault.vault import Vault

SUFFIX = ".wajopack"
MAX_BYTES = 5_000_000
"""Our own bound; the program's own rules and limits are a tenth of it."""

_RECORD, _SIGNERS = "pack.json", "signers.json"
_SIGNER = "pack-signer"
_NAMES = re.compile(
    rf"{re.escape(LISTS)}|rules/[a-z0-9][a-z0-9-]{{0,60}}\.toml"
    rf"|specs/(?:{'|'.join(Network)})\.toml"
)
_UNREADABLE = N_("{file} is damaged or no pack; have it sent again.")


@dataclass(frozen=True)
class Pack:
    """What a pack is and holds.

    Attributes:
        set_by: who laid it down ("ditetapkan oleh").
        day: when.
        files: content by name: ``compliance.toml``, ``rules/….toml``, ``specs/<network>.toml``.
        signer: fingerprint of the key that signed it.
    """

    set_by: str
    version: str
    day: date
    files: Mapping[str, str]
    signer: str


def make_pack(folder: Path, target: Path, set_by: str, version: str, day: date) -> Pack:
    """Make a pack of the office's files in a data folder, signed with this PC's key.

    The key is made at the first use and lies in the vault; it never leaves this PC.

    Args:
        folder: the data folder.
        target: the file to make, ending in ``.wajopack``; an earlier one is replaced.
        set_by: who lays it down.
        version: what people call it, such as ``2026.2``.
        day: the day on which it was laid down.

    Raises:
        InputError: there is nothing to pack, a file is broken, or the name does not fit.
        CredentialError: the keyring that holds the key cannot be used.
        DiskError: the file cannot be written.
    """
    if target.suffix.lower() != SUFFIX:
        raise InputError(N_("{file} must end in .wajopack."), file=target.name)
    if not set_by.strip() or not version.strip():
        raise InputError(N_("Say who laid the pack down and which version it is."))
    files = _office_files(folder)
    if not files:
        raise InputError(
            N_("There is nothing to pack: this PC has no rules, lists or limits of its own.")
        )
    _try_out(files)
    content = {
        "schema": 1,
        "kind": "wajo-pack",
        "set_by": set_by.strip(),
        "version": version.strip(),
        "date": day.isoformat(),
        "files": files,
    }
    document = _signed(content)
    try:
        atomic.write_text(target, json.dumps(document, ensure_ascii=False, indent=1) + "\n")
    except OSError as error:
        raise disk_error(error, target) from error
    return read_pack(target)


def read_pack(file: Path) -> Pack:
    """Read a pack, check its signature and names; nothing of it is put anywhere.

    Raises:
        InputError: it cannot be read, was changed after signing, or holds something strange.
    """
    try:
        if file.stat().st_size > MAX_BYTES:
            raise ValueError("too large")
        document = json.loads(file.read_text(encoding="utf-8"))
        content = {key: value for key, value in document.items() if key not in ("key", "signature")}
        if content["schema"] != 1 or content["kind"] != "wajo-pack":
            raise ValueError("no pack of schema 1")
        key = base64.b64decode(document["key"], validate=True)
        signature = base64.b64decode(document["signature"], validate=True)
        files = {str(name): str(text) for name, text in content["files"].items()}
        pack = Pack(
            str(content["set_by"]),
            str(content["version"]),
            date.fromisoformat(content["date"]),
            files,
            _fingerprint(key),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise InputError(
            _UNREADABLE, file=file.name, detail=f"{type(error).__name__}: {error}"
        ) from error
    if not _is_signed(content, key, signature):
        raise InputError(
            N_("{file} was changed after it was signed. Do not use it; ask for the original."),
            file=file.name,
        )
    for name in files:
        if not _NAMES.fullmatch(name):
            raise InputError(
                N_("{file} holds {name}, which no pack may hold. Do not use it."),
                file=file.name,
                name=name,
            )
    return pack


def is_trusted(pack: Pack) -> bool:
    """Whether a pack of this signer was taken in before."""
    return pack.signer in _signers()


def installed() -> dict[str, str] | None:
    """Who, version, day and signer of the pack in force; ``None`` without one."""
    try:
        entry = recall(_RECORD)
        return {key: str(entry[key]) for key in ("set_by", "version", "date", "signer")}
    except KeyError:
        return None


def install_pack(file: Path, *, trust: bool = False, older: bool = False) -> Pack:
    """Put a pack in force in place of the one before.

    Args:
        file: the pack.
        trust: a person compared the fingerprint of a signer who is not known yet.
        older: take a pack that is older than the one in force.

    Raises:
        InputError: the pack cannot be used, its signer is not trusted, or it is older.
        DiskError: the data folder cannot be written; the pack before stays in force.
    """
    pack = read_pack(file)
    if not is_trusted(pack) and not trust:
        raise InputError(
            N_(
                "The signer of {file} is not known yet. Compare the fingerprint {fingerprint} "
                "with the one that Diskominfotik published, then take the pack in with --trust."
            ),
            code="input.pack_signer",
            file=file.name,
            fingerprint=shown(pack.signer),
        )
    before = installed()
    if before and date.fromisoformat(before["date"]) > pack.day and not older:
        raise InputError(
            N_(
                "{file} of {day} is older than the pack in force, of {current}. Use the newer "
                "one, or take this one in with --older."
            ),
            code="input.pack_older",
            file=file.name,
            day=pack.day.isoformat(),
            current=before["date"],
        )
    _try_out(pack.files)
    _put_in_force(pack)
    return pack


def shown(fingerprint: str) -> str:
    """A fingerprint in groups of four, to be read out over the telephone."""
    return " ".join(fingerprint[i : i + 4] for i in range(0, len(fingerprint), 4))


def _office_files(folder: Path) -> dict[str, str]:
    found = {}
    for file in (folder / LISTS, *folder.glob("rules/*.toml"), *folder.glob("specs/*.toml")):
        name = file.relative_to(folder).as_posix()
        if file.is_file() and _NAMES.fullmatch(name):
            found[name] = file.read_text(encoding="utf-8")
    return dict(sorted(found.items()))


def _try_out(files: Mapping[str, str]) -> None:
    """Read everything as the program would.

    Raises:
        InputError: something cannot be used; names the file and what is wrong.
    """
    with atomic.scratch_folder("wajo-pack-") as scratch:
        for name in ("rules", "specs"):
            (scratch / name).mkdir()
        for network in Network:
            own = paths.assets_dir() / "specs" / f"{network}.toml"
            shutil.copyfile(own, scratch / "specs" / own.name)
        for name, text in files.items():
            (scratch / name).write_text(text, encoding="utf-8", newline="")
        if LISTS in files:
            read_office(scratch / LISTS)
        load_rules(scratch / "rules")
        load_specs(scratch / "specs")


def _put_in_force(pack: Pack) -> None:
    """Write the files of a pack; those of the pack before that it no longer holds go."""
    home = paths.data_dir()
    old = set(recall_texts(_RECORD, "files"))
    try:
        for name, text in pack.files.items():
            (home / name).parent.mkdir(parents=True, exist_ok=True)
            atomic.write_text(home / name, text)
        for name in sorted(old - set(pack.files)):
            if _NAMES.fullmatch(name):
                (home / name).unlink(missing_ok=True)
    except OSError as error:
        raise disk_error(error, home) from error
    remember(
        _RECORD,
        {
            "set_by": pack.set_by,
            "version": pack.version,
            "date": pack.day.isoformat(),
            "signer": pack.signer,
            "files": sorted(pack.files),
        },
    )
    remember(_SIGNERS, {"signers": sorted({*_signers(), pack.signer})})


def _signers() -> set[str]:
    return set(recall_texts(_SIGNERS, "signers"))


def _signed(content: dict[str, Any]) -> dict[str, Any]:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    vault = Vault(paths.data_dir())
    known = vault.get(_SIGNER)
    if known is None:
        made = Ed25519PrivateKey.generate().private_bytes_raw()
        known = {"private_key": base64.b64encode(made).decode()}
        vault.connect(_SIGNER, known)
    private = Ed25519PrivateKey.from_private_bytes(base64.b64decode(known["private_key"]))
    public = private.public_key().public_bytes_raw()
    return {
        **content,
        "key": base64.b64encode(public).decode(),
        "signature": base64.b64encode(private.sign(_canonical(content))).decode(),
    }


def _is_signed(content: Mapping[str, Any], key: bytes, signature: bytes) -> bool:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, _canonical(content))
    except (InvalidSignature, ValueError, binascii.Error):
        return False
    return True


def _canonical(content: Mapping[str, Any]) -> bytes:
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _fingerprint(key: bytes) -> str:
    return hashlib.sha256(key).hexdigest()[:32]
