"""Controls for what only one network asks for."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ui.widgets.choice import Choice
from ui.widgets.labelled import Labelled
from ui.widgets.text_edit import LineEdit
from ui.words import NETWORKS
from wajo_studio.domain.options import options_of
from wajo_studio.i18n import N_, _

_NAMES = {
    "title": N_("Title"),
    "tags": N_("Tags"),
    "privacy": N_("Who may see it"),
    "privacy_level": N_("Who may see it"),
    "made_for_kids": N_("Made for children"),
    "category": N_("Category number"),
    "synthetic_media": N_("Made or altered by AI"),
    "ai_generated": N_("Made or altered by AI"),
    "allow_comment": N_("Comments allowed"),
    "allow_duet": N_("Duets allowed"),
    "allow_stitch": N_("Stitches allowed"),
    "music_usage_confirmed": N_("Use of the music confirmed"),
    "brand_organic": N_("Promotes our own brand"),
    "brand_content": N_("Paid by another brand"),
    "confirm_cost": N_("Cost of the network confirmed"),
    "notify_subscribers": N_("Subscribers are told"),
}
_CHOICES = {
    "private": N_("Only we"),
    "unlisted": N_("Whoever has the link"),
    "public": N_("Everyone"),
    "PUBLIC_TO_EVERYONE": N_("Everyone"),
    "MUTUAL_FOLLOW_FRIENDS": N_("Friends who follow each other"),
    "FOLLOWER_OF_CREATOR": N_("Our followers"),
    "SELF_ONLY": N_("Only we"),
}


def option_name(key: str) -> str:
    """The option's name on screen."""
    return _(_NAMES[key]) if key in _NAMES else key


class OptionControl:
    """One option of a network.

    Attributes:
        widget: goes into the form.
    """

    def __init__(self, network: str, key: str, changed: Callable[[object], None]) -> None:
        option = options_of(network)[key]
        self._kind = option.kind
        self.editor: QWidget
        if option.kind in ("choice", "flag"):
            entries: list[tuple[object, str]] = [(None, _("Not chosen"))]
            if option.kind == "flag":
                entries += [(True, _("Yes")), (False, _("No"))]
            else:
                entries += [(c, _(_CHOICES[c]) if c in _CHOICES else c) for c in option.choices]
            choice = Choice(entries)
            choice.chosen.connect(changed)
            self.editor = choice
        else:
            line = LineEdit()
            line.textEdited.connect(lambda text: changed(self._value(text)))
            self.editor = line
        self.editor.setObjectName(f"option-{network}-{key}")
        self.widget = Labelled(f"{NETWORKS[network]}: {option_name(key)}", self.editor)

    def show(self, value: object) -> None:
        """Show the option's value; None where it is open."""
        if isinstance(self.editor, Choice):
            self.editor.set_value(value)
        elif isinstance(self.editor, LineEdit):
            text = ", ".join(value) if isinstance(value, list | tuple) else str(value or "")
            if self._value(self.editor.text()) != value:
                self.editor.setText(text)

    def focus(self) -> None:
        """Put the keyboard on it."""
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _value(self, text: str) -> object:
        if not text.strip():
            return None
        if self._kind == "texts":
            return [part.strip() for part in text.split(",") if part.strip()]
        return text
