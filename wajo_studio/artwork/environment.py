"""Jinja2 for a template: one environment for its pages, one for its texts."""

import threading
from collections import OrderedDict
from collections.abc import Mapping

import jinja2

from wajo_studio.artwork.colours import mix
from wajo_studio.artwork.sandbox import BoundedEnvironment, FileLoader
from wajo_studio.artwork.template import Template
from wajo_studio.artwork.words import date_text, month_text, nonbreaking, weekday_text

_KEPT = 24
_known: OrderedDict[tuple[str, bool], jinja2.Environment] = OrderedDict()
_lock = threading.Lock()


def page_environment(template: Template) -> jinja2.Environment:
    """Jinja2 for the template's layouts: HTML, escaped. Compiled layouts are kept with it."""
    return _environment(template, html=True)


def text_environment(template: Template) -> jinja2.Environment:
    """Jinja2 for the template's caption drafts: plain text, nothing escaped."""
    return _environment(template, html=False)


def _environment(template: Template, *, html: bool) -> jinja2.Environment:
    return environment_of(template.files, template.content_hash, html=html)


def environment_of(
    files: Mapping[str, bytes], content_hash: str, *, html: bool
) -> jinja2.Environment:
    """The environment that reads ``files``; kept under their hash."""
    key = (content_hash, html)
    with _lock:
        known = _known.get(key)
        if known is None:
            known = _known[key] = _new_environment(files, html)
            while len(_known) > _KEPT:
                _known.popitem(last=False)
        _known.move_to_end(key)
        return known


def _new_environment(files: Mapping[str, bytes], html: bool) -> jinja2.Environment:
    env = BoundedEnvironment(loader=FileLoader(files.get), autoescape=html, auto_reload=False)
    glue = nonbreaking if html else str
    env.filters.update(
        nb=nonbreaking,
        mix=mix,
        date_long=lambda day: glue(date_text(day, weekday=True)),
        date=lambda day: glue(date_text(day)),
        weekday=weekday_text,
        month=month_text,
        paragraphs=_paragraphs,
    )
    return env


def _paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]
