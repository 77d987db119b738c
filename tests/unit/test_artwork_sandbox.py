"""Templates of strangers: what they cannot do, and where an error in one is said to be."""

import time

import jinja2
import pytest

from wajo_studio.artwork import sandbox
from wajo_studio.artwork.sandbox import (
    BoundedEnvironment,
    FileLoader,
    off_the_clock,
    render_bounded,
    template_errors,
)
from wajo_studio.artwork.views import FieldsView, View
from wajo_studio.errors import TemplateError


def written(source: str, **context: object) -> str:
    files = {
        "main.html.j2": source.encode(),
        "part.html.j2": b"{% macro m() %}\n{{ x.y }}{% endmacro %}",
    }
    environment = BoundedEnvironment(loader=FileLoader(files.get), autoescape=True)
    with template_errors("uji", "main.html.j2"):
        return render_bounded(environment.get_template("main.html.j2"), context)


@pytest.mark.parametrize(
    "source",
    [
        "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
        "{% macro m() %}{{ m() }}{{ m() }}{% endmacro %}{{ m() }}",
        "{{ 'x' * 1000000000 }}",
        "{{ [1] * 1000000000 }}",
        "{{ 9 ** 9 ** 9 }}",
        "{{ '%099999999d' % 1 }}",
        "{{ range(1000000000) | list }}",
        "{% for a in range(99999) %}" + "x" * 100 + "{% endfor %}",
        "{{ ''.__class__.__mro__ }}",
        "{{ fields._values }}",
        "{{ fields.raw.__globals__ }}",
        "{% include '../secret' %}",
        "{% include '/etc/hostname' %}",
        "{{ fields.tidak_ada }}",
        "{{ nothing }}",
        "{{ 1 / 0 }}",
        "{{ 'a' + 1 }}",
        "{% if %}",
    ],
)
def test_is_refused_in_time(source: str) -> None:
    began = time.monotonic()
    with pytest.raises(TemplateError) as caught:
        written(source, fields=FieldsView({"judul": "x"}, str))
    assert time.monotonic() - began < 8
    assert caught.value.params["file"] == "main.html.j2"


def test_an_error_names_file_and_line() -> None:
    with pytest.raises(TemplateError) as caught:
        written("a\nb\n{% import 'part.html.j2' as p with context %}\n{{ p.m() }}", x=View(z=1))
    assert (caught.value.params["file"], caught.value.params["line"]) == ("part.html.j2", 2)
    with pytest.raises(TemplateError) as caught:
        written("a\nb\n{{ oops")
    assert caught.value.params["line"] == 3


def test_values_are_escaped_and_loops_know_their_length() -> None:
    source = "{% for a in items %}{{ a }}{{ loop.index }}/{{ loop.length }};{% endfor %}"
    assert written(source, items=["<b>", "c"]) == "&lt;b&gt;1/2;c2/2;"


def test_time_spent_on_photos_is_not_the_templates(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "MAX_SECONDS", 0.2)

    def slow() -> str:
        with off_the_clock():
            time.sleep(0.3)
        return "x"

    environment = BoundedEnvironment(loader=jinja2.DictLoader({"a": "{{ slow() }}{{ slow() }}"}))
    assert render_bounded(environment.get_template("a"), {"slow": slow}) == "xx"
