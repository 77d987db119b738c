"""Taking in the regency's pack of rules, and making one."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from ui.messages import Messages
from ui.theme.tokens import SPACE_L, SPACE_M
from ui.widgets.basic import button, column, label, row
from ui.widgets.labelled import Labelled
from ui.widgets.text_edit import LineEdit
from wajo_studio import paths
from wajo_studio.clock import Clock, today
from wajo_studio.errors import WajoError
from wajo_studio.i18n import _, format_date
from wajo_studio.services.pack import install_pack, installed, is_trusted, make_pack, read_pack
from wajo_studio.services.pack import shown as in_groups


class PackSection(QWidget):
    """Which pack is in force; take another one in; make one for the other agencies."""

    def __init__(self, clock: Clock, messages: Messages, on_taken: Callable[[], object]) -> None:
        super().__init__()
        self._clock, self._messages, self._on_taken = clock, messages, on_taken
        self.state = label("", wrap=True)
        self.state.setObjectName("packState")
        body = column(spacing=SPACE_L)
        body.addWidget(
            label(
                _(
                    "A pack brings the rules, lists and network limits that the regency laid down. "
                    "It is signed, so nobody can change it on the way."
                ),
                "body",
                "muted",
                wrap=True,
            )
        )
        body.addWidget(self.state)
        line = row()
        line.addWidget(button(_("Take in a pack…"), self._browse, icon_name="package"))
        line.addStretch(1)
        body.addLayout(line)
        body.addSpacing(SPACE_M)
        body.addWidget(label(_("Make a pack"), "head"))
        body.addWidget(
            label(
                _("For Diskominfotik: packs this PC's rules, lists and limits for all agencies."),
                "small",
                "muted",
                wrap=True,
            )
        )
        self.set_by, self.version = LineEdit(), LineEdit()
        self.set_by.setObjectName("packSetBy")
        self.version.setObjectName("packVersion")
        body.addWidget(Labelled(_("Laid down by"), self.set_by))
        body.addWidget(Labelled(_("Version"), self.version))
        line = row()
        line.addWidget(button(_("Save pack…"), self._make, kind="small"))
        line.addStretch(1)
        body.addLayout(line)
        self.setLayout(body)
        self.refresh()

    def refresh(self) -> None:
        """Show the pack in force."""
        pack = installed()
        if pack is None:
            self.state.setText(_("No pack is in force: the program's own rules hold."))
            return
        text = _("In force: version {version} of {date}, laid down by {set_by}.")
        self.state.setText(text.format(**pack))

    def take(self, file: Path) -> None:
        """Take in a pack, after asking when its signer is new."""
        try:
            pack = read_pack(file)
            trust = is_trusted(pack)
            if not trust:
                text = _(
                    "{set_by}, version {version} of {day}. This PC does not know the signer yet. "
                    "Compare this fingerprint with the one Diskominfotik published: {fingerprint}"
                ).format(
                    set_by=pack.set_by,
                    version=pack.version,
                    day=format_date(pack.day),
                    fingerprint=in_groups(pack.signer),
                )
                answers = [_("Do not take it in"), _("It is the same; take it in")]
                if self._messages.ask(_("Who signed this pack?"), text, answers) != 1:
                    return
            install_pack(file, trust=True)
        except WajoError as error:
            self._messages.error(error)
            return
        self.refresh()
        self._messages.toast(_("The pack is in force."))
        self._on_taken()

    def _browse(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(
            self, _("Take in a pack"), str(Path.home()), _("Packs (*.wajopack)")
        )
        if name:
            self.take(Path(name))

    def _make(self) -> None:
        name, _kind = QFileDialog.getSaveFileName(
            self, _("Save pack"), str(Path.home() / "wajo.wajopack"), _("Packs (*.wajopack)")
        )
        if not name:
            return
        try:
            pack = make_pack(
                paths.data_dir(),
                Path(name),
                self.set_by.text(),
                self.version.text(),
                today(self._clock),
            )
        except WajoError as error:
            self._messages.error(error)
            return
        text = _("Pack saved. Publish this fingerprint: {fingerprint}")
        self._messages.toast(text.format(fingerprint=in_groups(pack.signer)))
