"""The compose page: three panes, the bar above them, and what connects them."""

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent, QImage
from PySide6.QtWidgets import QApplication, QFileDialog, QSplitter, QTabWidget, QWidget

from ui.jobs import Handle, JobRunner
from ui.messages import Messages
from ui.pages.compose.checklist_pane import ChecklistPane
from ui.pages.compose.content_tab import ContentTab
from ui.pages.compose.export_dialog import ExportDialog
from ui.pages.compose.finding_actions import FindingActions
from ui.pages.compose.incoming import MEDIA_FILTER, files_in
from ui.pages.compose.media_tab import MediaTab
from ui.pages.compose.placements_tab import PlacementsTab
from ui.pages.compose.preview_pane import PreviewPane
from ui.pages.compose.session import EditSession, clock_words
from ui.pages.compose.texts_tab import TextsTab
from ui.theme.tokens import SPACE_L, SPACE_S
from ui.widgets.basic import ElidedLabel, boxed, button, column, label, row, set_tone, tool
from ui.widgets.job_bar import JobBar
from ui.widgets.tabs import StrongTabBar
from wajo_studio.compliance.outcome import Statement
from wajo_studio.domain.finding import Finding
from wajo_studio.errors import WajoError
from wajo_studio.i18n import _, ngettext
from wajo_studio.services.checking import Composition
from wajo_studio.services.draft import CHANGED_ELSEWHERE
from wajo_studio.services.export import Exported
from wajo_studio.services.prepare import Prepared
from wajo_studio.services.preview import Picture

CONTENT, MEDIA, TEXTS, PLACEMENTS = range(4)


@dataclass(frozen=True)
class Parts:
    """The panes of the page."""

    content: ContentTab
    media: MediaTab
    texts: TextsTab
    placements: PlacementsTab
    preview: PreviewPane
    checklist: ChecklistPane


def build_parts(session: EditSession) -> Iterator[Parts | None]:
    """Build the panes, one at each step, so that the window can breathe; the last step has all."""
    content = ContentTab(session)
    yield None
    media = MediaTab(session)
    yield None
    texts = TextsTab(session)
    yield None
    placements = PlacementsTab(session)
    yield None
    yield Parts(content, media, texts, placements, PreviewPane(session), ChecklistPane())


class ComposePage(QWidget):
    """Edits one post.

    Args:
        session: the open post.
        messages: says things to the person.
        parts: its panes, from :func:`build_parts`.

    Signals:
        steps_changed: undo and redo lead elsewhere now.
        publish_asked: the post is to be published.
        reload_asked: the post in this folder is to be opened anew, without saving.
    """

    steps_changed = Signal()
    reload_asked = Signal(object)
    publish_asked = Signal()

    def __init__(self, session: EditSession, messages: Messages, parts: Parts) -> None:
        super().__init__()
        self.session = session
        self._messages = messages
        self._export: Handle | None = None
        self._export_folder = Path.home() / "Documents"
        self._last_media_folder = Path.home()
        self.setAcceptDrops(True)
        self.content = parts.content
        self.media = parts.media
        self.texts = parts.texts
        self.placements = parts.placements
        self.preview = parts.preview
        self.checklist = parts.checklist
        self.checklist.set_actions(
            FindingActions(session, messages, self.go_to, self, self.checklist.redraw)
        )
        self.job_bar = JobBar(self._cancel_export)
        self.tabs = self._tabs()
        self.splitter = self._splitter()
        body = column(spacing=0)
        body.addWidget(self._top_bar())
        body.addWidget(self.splitter, 1)
        body.addWidget(self.job_bar)
        self.setLayout(body)
        self._connect()
        self._show_name()
        self._state.setText(_("Draft · all saved"))

    @property
    def jobs(self) -> JobRunner:
        """Runs the page's work."""
        return self.session.jobs

    @property
    def is_exporting(self) -> bool:
        """Whether a package is being saved."""
        return self._export is not None

    def force_save(self) -> None:
        """Save now and say so."""
        self.session.save(lambda: self._messages.toast(_("Draft saved.")))

    def undo(self) -> None:
        """Take back the last change."""
        self.session.undo()

    def redo(self) -> None:
        """Bring back the last change taken back."""
        self.session.redo()

    def toggle_form(self) -> None:
        """Hide or show the left pane."""
        self.tabs.setVisible(not self.tabs.isVisible())
        self._collapse.setChecked(not self.tabs.isVisible())

    def paste(self) -> bool:
        """Take pictures or files from the clipboard; False when it holds none."""
        return self.add_from(QApplication.clipboard().mimeData())

    def add_from(self, mime: QMimeData) -> bool:
        """Add the files or the picture of a drop or of the clipboard; False without any."""
        files = files_in(mime)
        if files:
            self.add_files(files)
            return True
        picture = mime.imageData() if mime.hasImage() else None
        if isinstance(picture, QImage) and not picture.isNull():
            self._add_picture(picture)
            return True
        return False

    def add_files(self, files: Sequence[Path]) -> None:
        """Add files to the post's media."""
        self.media.show_busy(len(files))
        self.session.add_files(files, self._on_added)

    def choose_files(self) -> None:
        """Let the person choose files to add."""
        chosen, _filter = QFileDialog.getOpenFileNames(
            self, _("Add photos, clips or sounds"), str(self._last_media_folder), _(MEDIA_FILTER)
        )
        if chosen:
            self._last_media_folder = Path(chosen[0]).parent
            self.add_files([Path(name) for name in chosen])

    def export(self) -> None:
        """Ask where to, then save the package."""
        if self._export is not None:
            return
        dialog = ExportDialog(self.session, self._export_folder, self)
        if dialog.exec():
            self._export_folder = dialog.target.parent
            self.start_export(dialog.target, dialog.placements)

    def start_export(self, target: Path, placements: Sequence[str]) -> None:
        """Save the package into ``target``, once everything typed is on disk."""
        self.session.save(lambda: self._export_saved(target, placements))

    def go_to(self, finding: Finding) -> None:
        """Lead to what a finding is about and mark it."""
        where = finding.where
        if where.kind == "field":
            self.tabs.setCurrentIndex(CONTENT)
            self.content.focus_field(where.id, where.span)
        elif where.kind == "caption":
            self.tabs.setCurrentIndex(TEXTS)
            self.texts.focus_text(where.id, finding.placements, where.span)
        elif where.kind == "media":
            self.tabs.setCurrentIndex(MEDIA)
            self.media.focus_media(where.id, where.box)
        elif where.kind in ("artwork", "video"):
            self.preview.show_where(where, finding.placements)
            if where.box is None:
                self.tabs.setCurrentIndex(CONTENT)
        elif where.id.startswith("options."):
            self.tabs.setCurrentIndex(PLACEMENTS)
            self.placements.focus_option(where.id)
        elif not self.content.focus_field(where.id):
            self.tabs.setCurrentIndex(PLACEMENTS if finding.placements else CONTENT)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasImage() or files_in(event.mimeData()):
            event.acceptProposedAction()
            self.media.show_drop(True)

    def dragLeaveEvent(self, event: object) -> None:
        self.media.show_drop(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self.media.show_drop(False)
        if self.add_from(event.mimeData()):
            event.acceptProposedAction()

    def _tabs(self) -> QTabWidget:
        tabs = QTabWidget()
        tabs.setObjectName("pane")
        tabs.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        tabs.setDocumentMode(True)
        tabs.setTabBar(StrongTabBar())
        tabs.tabBar().setExpanding(False)
        tabs.tabBar().setUsesScrollButtons(False)
        tabs.tabBar().setDrawBase(False)
        tabs.tabBar().setAccessibleName(_("Parts of the post"))
        tabs.addTab(self.content, _("Content"))
        tabs.addTab(self.media, _("Media"))
        tabs.addTab(self.texts, _("Upload texts"))
        tabs.addTab(self.placements, _("Placements"))
        tabs.setMinimumWidth(300)
        return tabs

    def _splitter(self) -> QSplitter:
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setHandleWidth(1)
        for widget in (self.tabs, self.preview, self.checklist):
            splitter.addWidget(widget)
        self.preview.setMinimumWidth(312)
        self.checklist.setMinimumWidth(228)
        splitter.setCollapsible(0, True)
        splitter.setCollapsible(1, False)
        splitter.setCollapsible(2, False)
        splitter.setStretchFactor(0, 2)
        splitter.setStretchFactor(1, 3)
        splitter.setStretchFactor(2, 2)
        splitter.setSizes([348, 532, 290])
        return splitter

    def _top_bar(self) -> QWidget:
        self._collapse = tool("panel", _("Hide or show the form (F9)"), self.toggle_form)
        self._collapse.setCheckable(True)
        self._name = ElidedLabel("", "head")
        self._name.setObjectName("postName")
        self._state = label("", "small", "muted")
        self._state.setObjectName("saveState")
        words = column(spacing=1)
        words.addWidget(self._name)
        words.addWidget(self._state)
        self._export_button = button(_("Save package…"), self.export, icon_name="package")
        self._export_button.setObjectName("export")
        self._export_button.setToolTip(_("Makes all files and texts for the networks (Ctrl+E)"))
        line = row(spacing=SPACE_S, margins=(10, 8, SPACE_L, 8))
        line.addWidget(self._collapse)
        line.addLayout(words, 1)
        publish = button(_("Publish…"), self.publish_asked.emit, kind="primary", icon_name="share")
        publish.setObjectName("publish")
        publish.setToolTip(_("Sends the post, or leads you through the upload (Ctrl+P)"))
        line.addWidget(self._export_button)
        line.addWidget(publish)
        return boxed(line, "topBar")

    def add_bar(self, bar: QWidget) -> None:
        """Add a bar below the panes."""
        layout = self.layout()
        assert layout is not None
        layout.addWidget(bar)

    def _connect(self) -> None:
        session = self.session
        session.post_changed.connect(self._on_post_changed)
        session.drawn.connect(self._on_drawn)
        session.checked.connect(self._on_checked)
        session.check_began.connect(self.checklist.show_checking)
        session.looking.connect(self.checklist.show_looking)
        session.saved.connect(self._on_saved)
        session.save_failed.connect(self._on_save_failed)
        session.unusable.connect(self._on_unusable)
        self.checklist.finding_chosen.connect(self.go_to)
        self.checklist.statement_ticked.connect(self._on_statement)
        for tab in (self.content, self.media, self.texts, self.placements):
            tab.refused.connect(self._messages.error)
        for tab in (self.content, self.texts):
            tab.pasted.connect(self.add_from)
        self.content.media_asked.connect(self.choose_files)
        self.media.files_asked.connect(self.choose_files)
        self.tabs.currentChanged.connect(lambda _index: session.draft.end_step())

    def _on_post_changed(self, origin: str) -> None:
        self._show_name()
        self._state.setText(_("Draft · saving…"))
        self.content.refresh(origin)
        self.media.refresh(origin)
        self.texts.refresh(origin)
        self.placements.refresh(origin)
        self.preview.refresh_placements()
        self.steps_changed.emit()

    def _on_drawn(self, prepared: Prepared, picture: Picture | None) -> None:
        self.preview.show_drawn(prepared, picture)
        self.texts.show_prepared(prepared)
        self.media.show_prepared(prepared)
        self.placements.show_prepared(prepared)

    def _on_checked(self, composition: Composition) -> None:
        self.checklist.show_result(composition.checked)
        self.preview.show_checked()

    def _on_unusable(self, error: WajoError) -> None:
        self.preview.show_unusable(error)
        self.checklist.show_unusable(error)

    def _on_saved(self, moment: object) -> None:
        from datetime import datetime

        assert isinstance(moment, datetime)
        set_tone(self._state, "muted")
        self._state.setText(_("Draft · saved {time}").format(time=clock_words(moment)))

    def _on_save_failed(self, error: WajoError) -> None:
        set_tone(self._state, "danger")
        self._state.setText(_("Draft · not saved"))
        if error.code == CHANGED_ELSEWHERE:
            self._ask_which_version(error)
        else:
            self._messages.error(error)

    def _ask_which_version(self, error: WajoError) -> None:
        """The post was changed in another window: one of the two versions has to go."""
        answers = [_("Decide later"), _("Keep mine"), _("Load the other")]
        title = _("This post was changed elsewhere")
        answer = self._messages.ask(title, str(error), answers)
        if answer == 1:
            self.session.draft.prefer_own()
            self.session.save()
        elif answer == 2:
            self.reload_asked.emit(self.session.draft.root)

    def _on_statement(self, statement: Statement, ticked: bool) -> None:
        self.session.attest(statement.rule, statement.title, given=ticked)

    def _show_name(self) -> None:
        self._name.set_text(self.session.post.name)

    def _on_added(self, added: Sequence[str], refused: Sequence[WajoError]) -> None:
        self.tabs.setCurrentIndex(MEDIA)
        self.media.show_busy(0)
        for error in refused:
            self._messages.error(error)
        if not added:
            return
        self.media.focus_media(added[0])
        text = ngettext("{count} file added.", "{count} files added.", len(added))
        self._messages.toast(text.format(count=len(added)), _("Undo"), self.undo)

    def _add_picture(self, picture: QImage) -> None:
        """A picture without a file, from the clipboard, becomes a PNG of the post."""
        folder = tempfile.TemporaryDirectory(prefix="wajo-paste-")
        file = Path(folder.name) / "tempelan.png"
        picture.save(str(file))
        self.media.show_busy(1)
        self.session.add_files([file], self._on_added, folder.cleanup)

    def _export_saved(self, target: Path, placements: Sequence[str]) -> None:
        self._export_button.setEnabled(False)
        self.job_bar.begin(_("Saving package"))
        self._export = self.session.export(
            target,
            placements,
            on_done=lambda exported: self._on_exported(target, exported),
            on_failed=self._on_export_failed,
            on_cancelled=self._on_export_cancelled,
            on_progress=self.job_bar.progress,
        )

    def _cancel_export(self) -> None:
        if self._export is not None:
            self.job_bar.cancelling()
            self._export.cancel()

    def _end_export(self) -> None:
        self._export = None
        self.job_bar.end()
        self._export_button.setEnabled(True)

    def _on_exported(self, target: Path, exported: Exported) -> None:
        self._end_export()
        if exported.blocked:
            self.checklist.show_result(exported.composition.checked)
            first = self.checklist.first_blocking()
            text = _("Nothing was saved: something must be fixed first.")
            if first is None:
                self._messages.toast(text)
            else:
                self._messages.toast(text, _("Show"), lambda: self.go_to(first))
            return
        count = len(exported.manifest["files"])
        text = ngettext("Package saved: {count} file.", "Package saved: {count} files.", count)
        self._messages.toast(
            text.format(count=count),
            _("Open folder"),
            lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(target))),
        )

    def _on_export_failed(self, error: WajoError) -> None:
        self._end_export()
        self._messages.error(error)

    def _on_export_cancelled(self) -> None:
        self._end_export()
        self._messages.toast(_("Saving was stopped; nothing was written."))
