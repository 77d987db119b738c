"""Jinja2 for strangers' templates: sandboxed, undefined is an error, bounded in time and size."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.exceptions import SecurityError
from jinja2.sandbox import SandboxedEnvironment

from wajo_studio.errors import TemplateError
from wajo_studio.i18n import N_

MAX_STEPS = 100_000
"""Loop rounds and calls one rendering may take; the shipped layouts need a few hundred."""
MAX_CHARACTERS = 4_000_000
MAX_SECONDS = 10.0
_MAX_REPEAT = 100_000


@dataclass
class _Budget:
    """What one rendering may still spend."""

    steps: int = MAX_STEPS
    deadline: float = field(default_factory=lambda: time.monotonic() + MAX_SECONDS)

    def spend(self) -> None:
        self.steps -= 1
        if self.steps < 0 or time.monotonic() > self.deadline:
            raise SecurityError("the template takes too many steps or too long")


_BUDGET: ContextVar[_Budget | None] = ContextVar("wajo_template_budget", default=None)


@contextmanager
def off_the_clock() -> Iterator[None]:
    """Time spent inside (decoding a photo, say) is not the template's fault."""
    budget = _BUDGET.get()
    began = time.monotonic()
    try:
        yield
    finally:
        if budget is not None:
            budget.deadline += time.monotonic() - began


def _counted(items: Iterable[Any]) -> Iterator[Any]:
    """Pass ``items`` on, one step of the budget each."""
    budget = _BUDGET.get()
    for item in items:
        if budget is not None:
            budget.spend()
        yield item


class BoundedEnvironment(SandboxedEnvironment):
    """A sandbox in which loops, calls, repetition and output are counted."""

    intercepted_binops = frozenset(("*", "**", "%"))

    def __init__(self, **options: Any) -> None:
        super().__init__(undefined=jinja2.StrictUndefined, trim_blocks=True, **options)
        self.filters["_counted"] = _counted
        for name in ("pprint", "xmlattr", "random"):
            self.filters.pop(name, None)
        for name in ("cycler", "lipsum"):
            self.globals.pop(name, None)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        for loop in tree.find_all(nodes.For):
            counted = nodes.Filter(
                loop.iter, "_counted", [], [], None, None, lineno=loop.lineno
            ).set_environment(self)
            loop.iter = counted
        return tree

    def call_binop(
        self, context: jinja2.runtime.Context, operator: str, left: Any, right: Any
    ) -> Any:
        """Refuse texts and numbers that grow without bound."""
        if operator == "**" and (abs(left) > 10_000 or abs(right) > 16):
            raise SecurityError("the power is too large")
        if operator == "*" and not (_is_number(left) and _is_number(right)):
            count = left if _is_number(left) else right
            unit = right if _is_number(left) else left
            if _is_number(count) and len(unit) * count > _MAX_REPEAT:
                raise SecurityError("the repetition is too long")
        if operator == "%" and not _is_number(left):
            raise SecurityError("texts are not formatted with % in templates")
        return super().call_binop(context, operator, left, right)

    def call(self, context: jinja2.runtime.Context, obj: Any, /, *args: Any, **kwargs: Any) -> Any:
        """Count every call: a macro that calls itself ends, too."""
        budget = _BUDGET.get()
        if budget is not None:
            budget.spend()
        return super().call(context, obj, *args, **kwargs)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float)


class FileLoader(jinja2.BaseLoader):
    """Serves templates from files already in memory, so no path can lead elsewhere."""

    def __init__(self, lookup: Callable[[str], bytes | None]) -> None:
        self._lookup = lookup

    def get_source(
        self, environment: jinja2.Environment, template: str
    ) -> tuple[str, str | None, Callable[[], bool] | None]:
        """The text of ``template`` (path inside the template folder or ``_shared/…``)."""
        content = self._lookup(template)
        if content is None:
            raise jinja2.TemplateNotFound(template)
        return content.decode("utf-8"), template, lambda: True


@contextmanager
def template_errors(template_id: str, fallback_file: str) -> Iterator[None]:
    """Turn what Jinja2 raises into a :class:`TemplateError` with file and line."""
    try:
        yield
    except jinja2.TemplateNotFound as error:
        raise TemplateError(
            N_("Template {template}, file {file}: {missing} does not exist. Add the file."),
            template=template_id,
            file=fallback_file,
            missing=error.name,
        ) from error
    except jinja2.TemplateSyntaxError as error:
        raise _located(
            template_id, error.name or fallback_file, error.lineno, error.message or "syntax error"
        ) from error
    except UnicodeDecodeError as error:
        raise _located(template_id, fallback_file, 1, "not UTF-8") from error
    except TemplateError:
        raise
    except (jinja2.TemplateError, *_AUTHOR_ERRORS) as error:
        file, line = _place(error, fallback_file)
        raise _located(template_id, file, line, str(error) or type(error).__name__) from error


_AUTHOR_ERRORS = (
    TypeError,
    ValueError,
    LookupError,
    AttributeError,
    ArithmeticError,
    RecursionError,
)
"""What an expression in a template raises when its author wrote it wrong."""


def _located(template_id: str, file: str, line: int, reason: str) -> TemplateError:
    return TemplateError(
        N_("Template {template}, file {file}, line {line}: {reason}. Correct the file."),
        template=template_id,
        file=file,
        line=line,
        reason=reason.rstrip("."),
        detail=reason,
    )


def _place(error: BaseException, fallback_file: str) -> tuple[str, int]:
    """File and line of the innermost template frame; Jinja2 rewrites tracebacks to these."""
    file, line = fallback_file, 1
    trace = error.__traceback__
    while trace is not None:
        name = trace.tb_frame.f_code.co_filename
        if name.endswith(".j2"):
            file, line = name, trace.tb_lineno
        trace = trace.tb_next
    return file, line


def render_bounded(template: jinja2.Template, context: Mapping[str, Any]) -> str:
    """Render within the budget.

    Raises:
        jinja2.TemplateError, TypeError, ValueError, …: see :func:`template_errors`.
    """
    token = _BUDGET.set(_Budget())
    try:
        pieces: list[str] = []
        length = 0
        for piece in template.generate(**context):
            pieces.append(piece)
            length += len(piece)
            if length > MAX_CHARACTERS:
                raise SecurityError("the template writes too much")
        return "".join(pieces)
    finally:
        _BUDGET.reset(token)
