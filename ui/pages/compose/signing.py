"""Dialogs in which a person answers for something: a statement, a waiver, a proposal."""

from pathlib import Path

from PySide6.QtWidgets import QDialog, QFileDialog, QVBoxLayout, QWidget

from ui.theme.tokens import SPACE_M, SPACE_XL
from ui.widgets.basic import button, column, label, row
from ui.widgets.choice import Choice
from ui.widgets.labelled import Labelled
from ui.widgets.text_edit import GrowingTextEdit, LineEdit
from wajo_studio.compliance.outcome import Statement
from wajo_studio.domain.finding import Finding
from wajo_studio.i18n import N_, _
from wajo_studio.services.attest import ROLES, Signer

ROLE_NAMES = {
    "admin": N_("Social-media admin"),
    "kepala": N_("Head of the agency"),
    "diskominfotik": N_("Diskominfotik"),
}


class SigningDialog(QDialog):
    """Who signs, in which role; the dialogs below add what for."""

    def __init__(
        self, title: str, text: str, verb: str, signer: Signer, parent: QWidget | None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(460)
        outer = column(spacing=SPACE_M, margins=(SPACE_XL,) * 4)
        outer.addWidget(label(title, "title", wrap=True))
        outer.addWidget(label(text, wrap=True))
        self.body: QVBoxLayout = column(spacing=SPACE_M)
        outer.addLayout(self.body)
        self._name = LineEdit(signer.name)
        self._name.setObjectName("signerName")
        self._role = Choice([(role, _(ROLE_NAMES[role])) for role in ROLES])
        self._role.setObjectName("signerRole")
        self._role.set_value(signer.role)
        outer.addWidget(Labelled(_("Name"), self._name))
        outer.addWidget(Labelled(_("Role"), self._role))
        foot = row()
        foot.addStretch(1)
        foot.addWidget(button(_("Cancel"), self.reject))
        self.sign = button(verb, self.accept, kind="primary")
        self.sign.setObjectName("sign")
        self.sign.setDefault(True)
        foot.addWidget(self.sign)
        outer.addLayout(foot)
        self.setLayout(outer)
        self._name.textChanged.connect(lambda _text: self.refresh())

    @property
    def signer(self) -> Signer:
        """Who signs."""
        return Signer(self._name.text().strip(), str(self._role.value()))

    def refresh(self) -> None:
        """Allow signing when everything is there."""
        self.sign.setEnabled(bool(self._name.text().strip()) and self.is_complete())

    def is_complete(self) -> bool:
        """Whether what the dialog asks beside name and role is there."""
        return True


class StatementDialog(SigningDialog):
    """A statement with its evidence."""

    def __init__(self, statement: Statement, signer: Signer, parent: QWidget | None) -> None:
        super().__init__(statement.title, statement.question, _("Confirm"), signer, parent)
        self.evidence: Path | None = None
        self._shown = label(_("No evidence attached"), "small", "muted", wrap=True)
        line = row()
        self.attach = button(_("Attach evidence…"), self._browse, kind="small")
        self.attach.setObjectName("attachEvidence")
        line.addWidget(self.attach)
        line.addWidget(self._shown, 1)
        self.body.addLayout(line)
        hint = _("A photo of the form or a recording. It stays in the post's folder, unpublished.")
        self.body.addWidget(label(hint, "small", "muted", wrap=True))
        given = statement.given
        if given is not None and given.evidence:
            self._shown.setText(given.evidence)

    def choose(self, file: Path) -> None:
        """Take a file as evidence."""
        self.evidence = file
        self._shown.setText(file.name)

    def _browse(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(
            self,
            _("Choose the evidence"),
            str(Path.home()),
            _("Photos, documents, recordings") + " (*.jpg *.jpeg *.png *.heic *.pdf *.mp3 *.m4a"
            " *.ogg *.opus *.wav *.mp4 *.mov *.docx)",
        )
        if name:
            self.choose(Path(name))


class WaiverDialog(SigningDialog):
    """A waiver with its reason."""

    def __init__(self, finding: Finding, signer: Signer, parent: QWidget | None) -> None:
        super().__init__(
            _("Publish all the same"), finding.message, _("Take responsibility"), signer, parent
        )
        self._reason = GrowingTextEdit(2, 5)
        self._reason.setObjectName("waiverReason")
        self._reason.edited.connect(lambda _text: self.refresh())
        hint = _("Reason and name stand in the report and in the record of the post.")
        self.body.addWidget(Labelled(_("Reason"), self._reason))
        self.body.addWidget(label(hint, "small", "muted", wrap=True))
        self.refresh()

    @property
    def reason(self) -> str:
        """Why it may be published."""
        return self._reason.toPlainText().strip()

    def is_complete(self) -> bool:
        return bool(self.reason)


class ProposalDialog(SigningDialog):
    """A proposal to Diskominfotik."""

    def __init__(
        self, finding: Finding, words: str, signer: Signer, parent: QWidget | None
    ) -> None:
        text = _("“{words}” should not be found by this check: {message}")
        super().__init__(
            _("Propose to Diskominfotik"),
            text.format(words=words, message=finding.message),
            _("Add to the list"),
            signer,
            parent,
        )
        self._note = GrowingTextEdit(2, 5)
        self._note.setObjectName("proposalNote")
        self.body.addWidget(Labelled(_("Why"), self._note))

    @property
    def note(self) -> str:
        """Why, in the person's words."""
        return self._note.toPlainText().strip()
