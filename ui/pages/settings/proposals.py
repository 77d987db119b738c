"""What was proposed to Diskominfotik, to be handed in as a table."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from ui.messages import Messages
from ui.theme.tokens import SPACE_L, SPACE_M
from ui.widgets.basic import boxed, button, clear, column, label, row, tool
from wajo_studio import atomic
from wajo_studio.errors import WajoError, disk_error
from wajo_studio.i18n import _
from wajo_studio.services.proposals import Proposal, as_csv, drop, proposals


class ProposalsSection(QWidget):
    """The proposals, and the button that writes them down."""

    def __init__(self, messages: Messages) -> None:
        super().__init__()
        self._messages = messages
        self._list = column(spacing=SPACE_M)
        self._empty = label(
            _("Nothing is proposed. In the checklist: ⋯ › Propose to Diskominfotik."),
            "body",
            "muted",
            wrap=True,
        )
        self.save = button(_("Save as a table…"), self._browse, kind="small")
        self.save.setObjectName("saveProposals")
        body = column(spacing=SPACE_L)
        body.addWidget(self._empty)
        body.addLayout(self._list)
        line = row()
        line.addWidget(self.save)
        line.addStretch(1)
        body.addLayout(line)
        self.setLayout(body)
        self.refresh()

    def refresh(self) -> None:
        """Show the list as it is."""
        clear(self._list)
        listed = proposals()
        self._empty.setVisible(not listed)
        self.save.setEnabled(bool(listed))
        for proposal in listed:
            self._list.addWidget(self._card(proposal))

    def write(self, target: Path) -> None:
        """Write the table."""
        try:
            atomic.write_text(target, "\ufeff" + as_csv(proposals()))  # spreadsheets look for it
        except OSError as error:
            self._messages.error(disk_error(error, target))
            return
        self._messages.toast(_("The table is saved."))

    def _card(self, proposal: Proposal) -> QWidget:
        line = row(spacing=SPACE_M, margins=(SPACE_M, 10, SPACE_M, 10))
        words = column(spacing=3)
        words.addWidget(label(f"“{proposal.words}”", "body-strong", wrap=True))
        words.addWidget(label(proposal.message, "small", wrap=True))
        if proposal.note:
            words.addWidget(label(proposal.note, "small", "muted", wrap=True))
        words.addWidget(label(f"{proposal.by}, {proposal.at[:10]}", "small", "muted"))
        line.addLayout(words, 1)
        line.addWidget(tool("trash", _("Remove the proposal"), lambda: self._drop(proposal)))
        return boxed(line, "card", frame=True)

    def _drop(self, proposal: Proposal) -> None:
        try:
            drop(proposal)
        except WajoError as error:
            self._messages.error(error)
        self.refresh()

    def _browse(self) -> None:
        name, _kind = QFileDialog.getSaveFileName(
            self, _("Save the proposals"), str(Path.home() / "usulan.csv"), _("Tables (*.csv)")
        )
        if name:
            self.write(Path(name))
