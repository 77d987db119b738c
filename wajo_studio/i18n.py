"""Language of everything a person reads: gettext, and Indonesian dates, numbers and times.

Message ids are English; the ``id`` catalogue is complete and Indonesian is the default.
``N_()`` marks a message where it is defined, ``_()`` translates it where it is shown.
"""

import gettext
import os
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

DOMAIN = "wajo_studio"
LANGUAGES = ("id", "en")
WITA = ZoneInfo("Asia/Makassar")
"""Central Indonesian time, UTC+8: the zone of every time without a zone."""

_LOCALE_DIR = Path(__file__).resolve().parent.parent / "assets" / "locale"


class _State:
    """The one language of this process; changed only by :func:`set_language`."""

    language = "id"
    translations: gettext.NullTranslations = gettext.NullTranslations()
    loaded = False


def set_language(language: str | None = None) -> str:
    """Choose the language of messages.

    Args:
        language: ``"id"`` or ``"en"``; ``None`` takes ``WAJO_LANG``, else Indonesian.

    Returns:
        The language now in force.

    Raises:
        ValueError: the language is none of ours.
    """
    chosen = language or os.environ.get("WAJO_LANG") or "id"
    if chosen not in LANGUAGES:
        raise ValueError(chosen)
    _State.language = chosen
    _State.translations = gettext.translation(
        DOMAIN, _LOCALE_DIR, languages=[chosen], fallback=True
    )
    _State.loaded = True
    return chosen


def language() -> str:
    """The language in force: ``"id"`` or ``"en"``."""
    return _State.language


def _catalogue() -> gettext.NullTranslations:
    if not _State.loaded:
        try:
            set_language()
        except ValueError:
            set_language("id")
    return _State.translations


def N_(message: str) -> str:  # noqa: N802 - the name gettext tools look for
    """Mark ``message`` for translation and return it unchanged."""
    return message


def _(message: str) -> str:
    """Translate ``message`` into the language in force."""
    return _catalogue().gettext(message)


def ngettext(singular: str, plural: str, count: int) -> str:
    """Translate a message that counts something."""
    return _catalogue().ngettext(singular, plural, count)


def pgettext(context: str, message: str) -> str:
    """Translate a word that means different things in different places."""
    return _catalogue().pgettext(context, message)


def language_name(code: str) -> str:
    """A language's name in its own words: ``Indonesia`` for ``id``; the code when it is unknown."""
    from babel.core import Locale, UnknownLocaleError

    try:
        return Locale.parse(code.replace("-", "_")).get_display_name() or code
    except (UnknownLocaleError, ValueError):
        return code


def format_date(day: date, *, weekday: bool = False) -> str:
    """``1 Desember 2026``, or ``Selasa, 1 Desember 2026`` with ``weekday``."""
    from babel.dates import format_date as babel_format

    pattern = "EEEE, d MMMM y" if weekday else "d MMMM y"
    return babel_format(day, pattern, locale=_State.language)


def format_datetime(moment: datetime) -> str:
    """``Selasa, 1 Desember 2026 09.00 WITA``; the moment must carry a zone."""
    local = moment.astimezone(WITA)
    return f"{format_date(local.date(), weekday=True)} {local:%H.%M} WITA"


def format_number(value: float, digits: int = 0) -> str:
    """``1.234,5`` in Indonesian, ``1,234.5`` in English."""
    from babel.numbers import format_decimal

    pattern = "#,##0" if digits == 0 else "#,##0." + "#" * digits
    return format_decimal(value, pattern, locale=_State.language)


def format_bytes(size_bytes: int) -> str:
    """``412 KB``, ``12,4 MB`` or ``81,9 GB`` (decimal units, as the networks' sheets count)."""
    if size_bytes < 1_000:
        return f"{size_bytes} B"
    if size_bytes < 1_000_000:
        return f"{format_number(size_bytes / 1_000)} KB"
    if size_bytes < 1_000_000_000:
        return f"{format_number(size_bytes / 1_000_000, 1)} MB"
    return f"{format_number(size_bytes / 1_000_000_000, 1)} GB"
