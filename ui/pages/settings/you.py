"""Who works at this PC."""

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from ui.messages import Messages
from ui.pages.compose.signing import ROLE_NAMES
from ui.theme.tokens import SPACE_L
from ui.widgets.basic import column, label
from ui.widgets.choice import Choice
from ui.widgets.labelled import Labelled
from ui.widgets.text_edit import LineEdit
from wajo_studio.artwork.brand import load_agencies
from wajo_studio.errors import WajoError
from wajo_studio.i18n import _
from wajo_studio.services.attest import ROLES
from wajo_studio.services.person import Person, load_person, save_person


class YouSection(QWidget):
    """Name and role under statements, and the agency of new posts."""

    def __init__(self, messages: Messages) -> None:
        super().__init__()
        self._messages = messages
        self.name = LineEdit()
        self.name.setObjectName("personName")
        self.role = Choice([(role, _(ROLE_NAMES[role])) for role in ROLES])
        self.role.setObjectName("personRole")
        agencies = [(one.id, one.name) for one in load_agencies().values()]
        self.agency = Choice([("", _("As in the template's example")), *agencies], searched=True)
        self.agency.setObjectName("personAgency")
        body = column(spacing=SPACE_L)
        body.addWidget(
            Labelled(_("Your name"), self.name, hint=_("It stands under the statements you make."))
        )
        body.addWidget(Labelled(_("Your role"), self.role))
        body.addWidget(Labelled(_("Your agency"), self.agency))
        hint = _("New posts begin with this agency. Statements carry your name, role and time.")
        body.addWidget(label(hint, "small", "muted", wrap=True))
        self.setLayout(body)
        self.refresh()
        self.name.editingFinished.connect(self._save)
        self.role.chosen.connect(lambda _role: self._save())
        self.agency.chosen.connect(lambda _agency: self._save())

    def refresh(self) -> None:
        """Show what is remembered."""
        person = load_person()
        self.name.setText(person.name)
        self.role.set_value(person.role)
        self.agency.set_value(person.agency)

    def _save(self) -> None:
        known = load_person()
        name = self.name.text().strip()
        changed: Person = replace(
            known,
            name=name or known.name,
            role=str(self.role.value()),
            agency=str(self.agency.value() or ""),
            named=known.named or bool(name and name != known.name),
        )
        if changed == known:
            return
        try:
            save_person(changed)
        except WajoError as error:
            self._messages.error(error)
