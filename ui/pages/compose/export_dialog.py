"""Asks where to and which placements, before a package is saved."""

from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QDialog, QFileDialog, QGridLayout, QWidget

from ui.pages.compose.session import EditSession
from ui.theme.tokens import SPACE_M, SPACE_XL
from ui.theme.type import set_role
from ui.widgets.basic import button, column, label, row
from ui.widgets.labelled import Labelled
from ui.widgets.text_edit import LineEdit
from ui.words import placement_name
from wajo_studio.i18n import _, format_bytes, ngettext
from wajo_studio.services.estimate import estimate, free_target


class ExportDialog(QDialog):
    """Folder, placements, and how much it will be."""

    def __init__(self, session: EditSession, parent_folder: Path, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Save package"))
        self.setMinimumWidth(520)
        self._session = session
        body = column(spacing=SPACE_M, margins=(SPACE_XL,) * 4)
        body.addWidget(label(_("Save package"), "title"))
        body.addWidget(
            label(
                _("Pictures, clips, texts and the checklist report go into one folder."),
                "body",
                "muted",
                wrap=True,
            )
        )
        self.folder = LineEdit(str(free_target(parent_folder, session.post.name)))
        self.folder.setObjectName("exportFolder")
        body.addWidget(Labelled(_("Folder"), self.folder))
        line = row()
        line.addWidget(button(_("Choose folder…"), self._browse, kind="small", icon_name="folder"))
        line.addStretch(1)
        body.addLayout(line)
        body.addWidget(label(_("Placements"), "small-strong", "muted"))
        self._boxes: dict[str, QCheckBox] = {}
        grid = QGridLayout()
        grid.setVerticalSpacing(2)
        half = (len(session.post.placements) + 1) // 2
        for index, placement in enumerate(session.post.placements):
            box = set_role(QCheckBox(placement_name(placement)), "body")
            box.setObjectName(f"export-{placement}")
            box.setChecked(True)
            box.toggled.connect(lambda _on: self._refresh())
            self._boxes[placement] = box
            grid.addWidget(box, index % half, index // half)
        body.addLayout(grid)
        self._amount = label("", "small", "muted")
        body.addWidget(self._amount)
        foot = row()
        foot.addStretch(1)
        foot.addWidget(button(_("Cancel"), self.reject))
        self._save = button(_("Save package"), self.accept, kind="primary")
        self._save.setObjectName("exportSave")
        self._save.setDefault(True)
        foot.addWidget(self._save)
        body.addLayout(foot)
        self.setLayout(body)
        self._refresh()

    @property
    def target(self) -> Path:
        """The folder chosen."""
        return Path(self.folder.text()).expanduser()

    @property
    def placements(self) -> tuple[str, ...]:
        """The placements ticked."""
        return tuple(placement for placement, box in self._boxes.items() if box.isChecked())

    def _browse(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, _("Choose folder"), str(self.target.parent))
        if chosen:
            self.folder.setText(str(free_target(Path(chosen), self._session.post.name)))

    def _refresh(self) -> None:
        chosen = self.placements
        self._save.setEnabled(bool(chosen))
        prepared, composition = self._session.prepared, self._session.composition
        if prepared is None:
            self._amount.setText("")
            return
        found = estimate(prepared, composition.images if composition else (), chosen)
        text = ngettext(
            "{count} media file, at most {size}", "{count} media files, at most {size}", found.files
        )
        self._amount.setText(text.format(count=found.files, size=format_bytes(found.size_bytes)))
