"""Wrong use of the command line, said in our own words."""

import difflib

# Typer carries its own copy of Click and exports only some of its exceptions.
from typer import Exit
from typer._click import exceptions as _click

from wajo_studio.i18n import _

UsageProblem = _click.ClickException

__all__ = ["Exit", "UsageProblem", "usage_sentence"]


def usage_sentence(error: _click.ClickException) -> str:
    """One sentence that says what is wrong with the call and what to do."""
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "wajo"
    sentence = _problem(error)
    return sentence + " " + _("See: {command} --help").format(command=command)


def _problem(error: _click.ClickException) -> str:
    if isinstance(error, _click.NoSuchOption):
        sentence = _("There is no option {name}.").format(name=error.option_name)
        near = list(error.possibilities or [])
        return sentence + (" " + _("Did you mean {name}?").format(name=near[0]) if near else "")
    if isinstance(error, _click.MissingParameter):
        parameter = error.param
        name = ""
        if parameter is not None:
            is_option = parameter.param_type_name == "option"
            name = (
                parameter.opts[0]
                if is_option
                else (parameter.metavar or str(parameter.name).upper())
            )
        return _("{name} is missing.").format(name=name)
    if isinstance(error, _click.BadOptionUsage):
        if "requires an argument" in error.message:
            return _("{name} needs a value.").format(name=error.option_name)
        return _("{name} takes no value.").format(name=error.option_name)
    if isinstance(error, _click.BadParameter):
        parameter = error.param
        name = parameter.opts[0] if parameter is not None and parameter.opts else ""
        if "not a valid float" in error.message:
            return _("{name} must be a number.").format(name=name)
        return _("{name} cannot be used: {reason}").format(name=name, reason=error.message)
    if isinstance(error, _click.UsageError) and error.message.startswith("No such command"):
        wanted = error.message.partition("'")[2].partition("'")[0]
        context = error.ctx
        group = getattr(context.command, "commands", {}) if context is not None else {}
        near = difflib.get_close_matches(wanted, list(group), n=1)
        sentence = _("There is no command {name}.").format(name=wanted)
        return sentence + (" " + _("Did you mean {name}?").format(name=near[0]) if near else "")
    if isinstance(error, _click.UsageError) and "unexpected extra argument" in error.message:
        extra = error.message.rpartition("(")[2].rstrip(")")
        return _("These words are too many: {words}.").format(words=extra)
    if isinstance(error, _click.UsageError) and error.message.startswith("Missing command"):
        return _("The command is missing.")
    if isinstance(error, _click.NoArgsIsHelpError):
        return _("The command is missing.")
    return error.format_message()
