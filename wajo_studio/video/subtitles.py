"""Subtitle files: read with repair, shifted through the trim, written as SRT or WebVTT."""

import html
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

from wajo_studio.errors import MediaError
from wajo_studio.i18n import N_
from wajo_studio.video.ranges import TimeRange, mapped

_TIME = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})(?:[,.](\d{1,3}))?"
_TIME_LINE = re.compile(rf"^\s*{_TIME}\s*-+>\s*{_TIME}(?:\s.*)?$")
_MARKUP = re.compile(r"</?[a-zA-Z][^<>]*>|</?\d[\d:.]*>|\{\\[^{}]*\}")
_ASS_EVENT = re.compile(r"^Dialogue:\s*(.*)$")
_ASS_FIELDS = 10
_MAX_BYTES = 10_000_000
_SHORTEST_S = Fraction(1, 10)
_DEFAULT_S = Fraction(2)


@dataclass(frozen=True)
class Cue:
    """One subtitle: ``text`` is plain, its lines parted by line feeds; the end is excluded."""

    start_s: Fraction
    end_s: Fraction
    text: str


@dataclass(frozen=True)
class Subtitles:
    """What a subtitle file holds.

    Attributes:
        cues: in order of time, not overlapping.
        encoding: how the bytes were read: ``utf-8``, ``utf-16`` or ``cp1252``.
        repairs: what had to be put right: ``encoding`` (not UTF-8), ``numbering``, ``order``,
            ``overlap``, ``times`` (an end before its start).
    """

    cues: tuple[Cue, ...]
    encoding: str
    repairs: frozenset[str]


def read_subtitles(path: Path) -> Subtitles:
    """Read an SRT, WebVTT or ASS file, whatever its ending says.

    Raises:
        MediaError: missing, too large, or without a single subtitle.
    """
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise MediaError(
                N_("{file} is far too large for subtitles. Choose an SRT or VTT file."),
                file=path.name,
            )
        content = path.read_bytes()
    except OSError as error:
        raise MediaError(
            N_("The subtitle file {file} cannot be read. Choose the file again."),
            file=path.name,
            detail=str(error),
        ) from error
    text, encoding = decoded(content)
    parsed, repairs = parse(text)
    if not parsed:
        raise MediaError(
            N_(
                "{file} holds no subtitles with times."
                " Save them as SRT or VTT and choose that file."
            ),
            code="media.subtitles",
            file=path.name,
        )
    if encoding == "cp1252":
        repairs.add("encoding")
    return Subtitles(_in_order(parsed, repairs), encoding, frozenset(repairs))


def decoded(content: bytes) -> tuple[str, str]:
    """Text and encoding: a byte order mark, else UTF-8, else the Western Windows page."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace"), "utf-16"
    try:
        return content.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace"), "cp1252"


def parse(text: str) -> tuple[list[Cue], set[str]]:
    """Cues as they stand in the file, and what was wrong with it."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "").split("\n")
    if any(line.strip() == "[Events]" for line in lines):
        return _parse_ass(lines), set()
    web = lines[0].startswith("WEBVTT")
    starts = [index for index, line in enumerate(lines) if _TIME_LINE.match(line)]
    cues: list[Cue] = []
    repairs: set[str] = set()
    for position, index in enumerate(starts):
        last = position + 1 == len(starts)
        block = lines[index + 1 : len(lines) if last else starts[position + 1]]
        if not last and not web:
            block = _without_number(block, position + 2)
        if not web and _number_before(lines, index) != position + 1:
            repairs.add("numbering")
        found = _TIME_LINE.match(lines[index])
        assert found is not None
        plain = _plain(_until_blank(block) if web else _stripped(block))
        start_s, end_s = _seconds(found.groups()[:4]), _seconds(found.groups()[4:])
        if end_s <= start_s:
            repairs.add("times")
            end_s = start_s + _DEFAULT_S
        if plain:
            cues.append(Cue(start_s, end_s, plain))
    return cues, repairs


def _seconds(parts: Sequence[str | None]) -> Fraction:
    hours, minutes, seconds, decimals = (part or "0" for part in parts)
    whole = int(hours) * 3600 + int(minutes) * 60 + int(seconds)
    return whole + Fraction(int(decimals), 10 ** len(decimals))


def _number_before(lines: Sequence[str], index: int) -> int | None:
    text = lines[index - 1].strip() if index else ""
    return int(text) if text.isascii() and text.isdigit() else None


def _without_number(block: list[str], expected: int) -> list[str]:
    """A cue's lines without the number of the next cue, which stands right before its times.

    A last line of text may be a number too: it is one when no blank line stands before it and
    it is not the number that comes next.
    """
    if not block or not block[-1].strip().isdigit():
        return block
    apart = len(block) == 1 or not block[-2].strip()
    return block[:-1] if apart or block[-1].strip() == str(expected) else block


def _stripped(block: list[str]) -> list[str]:
    return [line for line in block if line.strip()]


def _until_blank(block: list[str]) -> list[str]:
    kept = []
    for line in block:
        if not line.strip():
            break
        kept.append(line)
    return kept


def _plain(lines: Iterable[str]) -> str:
    texts = (html.unescape(_MARKUP.sub("", line)).strip() for line in lines)
    return "\n".join(text for text in texts if text)


def _parse_ass(lines: Sequence[str]) -> list[Cue]:
    """The dialogue of an ASS script; styles and positions are left to ours."""
    cues = []
    for line in lines:
        event = _ASS_EVENT.match(line)
        fields = event.group(1).split(",", _ASS_FIELDS - 1) if event else []
        times = _TIME_LINE.match(f"{fields[1]} --> {fields[2]}") if len(fields) > 2 else None
        if times is None or len(fields) < _ASS_FIELDS:
            continue
        text = fields[-1].replace("\\N", "\n").replace("\\n", "\n").replace("\\h", " ")
        plain = _plain(text.split("\n"))
        start_s, end_s = _seconds(times.groups()[:4]), _seconds(times.groups()[4:])
        if plain and end_s > start_s:
            cues.append(Cue(start_s, end_s, plain))
    return cues


def _in_order(cues: list[Cue], repairs: set[str]) -> tuple[Cue, ...]:
    """Sort by time and end each cue where the next begins, if it would last longer."""
    ordered = sorted(cues, key=lambda cue: (cue.start_s, cue.end_s))
    if ordered != cues:
        repairs.add("order")
    result: list[Cue] = []
    for cue in ordered:
        if result and result[-1].end_s > cue.start_s:
            repairs.add("overlap")
            previous = result.pop()
            if previous.start_s == cue.start_s:
                cue = replace(cue, text=f"{previous.text}\n{cue.text}")
            else:
                result.append(replace(previous, end_s=cue.start_s))
        result.append(cue)
    return tuple(result)


def shifted(
    cues: Iterable[Cue], kept: Sequence[TimeRange], offset_s: Fraction = Fraction(0)
) -> tuple[Cue, ...]:
    """The cues in the result's time; what lies in cut parts, or is left under 0.1 s, is gone.

    Args:
        cues: in the source's time.
        kept: the kept ranges of the plan, in order.
        offset_s: what stands before them in the result (an opener).
    """
    moved = [
        Cue(part.start_s, part.end_s, cue.text)
        for cue in cues
        for part in mapped(kept, cue.start_s, cue.end_s, offset_s)
        if part.duration_s >= _SHORTEST_S
    ]
    return tuple(sorted(moved, key=lambda cue: cue.start_s))


def as_srt(cues: Iterable[Cue]) -> str:
    """The cues as a SubRip file."""
    blocks = [
        f"{number}\n{_clock(cue.start_s, ',')} --> {_clock(cue.end_s, ',')}\n{cue.text}\n"
        for number, cue in enumerate(cues, start=1)
    ]
    return "\n".join(blocks)


def as_vtt(cues: Iterable[Cue]) -> str:
    """The cues as a WebVTT file."""
    blocks = [
        f"{_clock(cue.start_s, '.')} --> {_clock(cue.end_s, '.')}\n"
        f"{html.escape(cue.text, quote=False)}\n"
        for cue in cues
    ]
    return "\n".join(["WEBVTT\n", *blocks])


def _clock(time_s: Fraction, point: str) -> str:
    milliseconds = round(time_s * 1000)
    seconds, milliseconds = divmod(milliseconds, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}{point}{milliseconds:03}"
