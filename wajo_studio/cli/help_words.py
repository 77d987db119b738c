"""Help pages in the language in force; Typer's own words are English and not translatable."""

from typing import Any

from typer.core import TyperCommand, TyperGroup

from wajo_studio.i18n import _


def _in_our_words(text: str) -> str:
    """Replace Typer's headings and its one sentence."""
    words = {
        "Usage: ": _("Usage:") + " ",
        "\nArguments:": "\n" + _("Arguments:"),
        "\nOptions:": "\n" + _("Options:"),
        "\nCommands:": "\n" + _("Commands:"),
        "[required]": _("[required]"),
        "[default: ": _("[default:") + " ",
        "Show this message and exit.": _("Show this help."),
    }
    for english, ours in words.items():
        text = text.replace(english, ours)
    return text


class Command(TyperCommand):
    """A command with translated help."""

    def get_help(self, ctx: Any) -> str:
        """The help page."""
        return _in_our_words(super().get_help(ctx))


class Group(TyperGroup):
    """A group of commands with translated help."""

    def get_help(self, ctx: Any) -> str:
        """The help page."""
        return _in_our_words(super().get_help(ctx))
