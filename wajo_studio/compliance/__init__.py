"""Checks: rules as data, one small function per rule, a runner that survives broken ones."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from wajo_studio.compliance.checktext import check_text

__all__ = ["check_text"]


def __getattr__(name: str) -> Any:
    """Import the text rules when they are first asked for; the package itself stays light."""
    if name == "check_text":
        from wajo_studio.compliance.checktext import check_text

        return check_text
    raise AttributeError(name)
