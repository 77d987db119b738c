"""The menu "Alat": visual identity, many posts from a table, templates as files, large previews."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QMenuBar

from wajo_studio.errors import WajoError
from wajo_studio.i18n import N_, WITA, _
from wajo_studio.progress import JobContext

if TYPE_CHECKING:
    from ui.main_window import MainWindow
    from wajo_studio.artwork.template import Template

_FILES = N_("Templates (*.wajotemplate)")


class Tools(QObject):
    """What the menu does; the window owns it.

    Args:
        window: shows the dialogs and is told of changes.
    """

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window

    def add_menu(self, bar: QMenuBar) -> None:
        """Add the menu to the window's bar."""
        menu = bar.addMenu(_("&Tools"))
        for name, text, action in (
            ("identity", _("&Visual identity…"), self.show_identity),
            ("batch", _("&Many posts from a table…"), self.show_batch),
            ("import_template", _("&Import a template…"), self._choose_template),
        ):
            made = menu.addAction(text)
            made.setObjectName(f"action-{name}")
            made.triggered.connect(lambda _on=False, action=action: action())

    def show_identity(self) -> None:
        """Open the dialog of the visual identity."""
        from ui.pages.identity.dialog import IdentityDialog
        from wajo_studio.services.person import load_person

        studio = self._window.studio
        if studio is None:
            return
        today = studio.clock.now().astimezone(WITA).date()
        try:
            dialog = IdentityDialog(
                self._window.messages, today, load_person().agency, self._window
            )
        except WajoError as error:
            self._window.messages.error(error)
            return
        dialog.changed.connect(self._identity_changed)
        dialog.exec()

    def show_batch(self) -> None:
        """Open the dialog of many posts from a table."""
        from ui.pages.batch.dialog import BatchDialog
        from wajo_studio.services.person import load_person

        window = self._window
        if window.studio is None:
            return
        BatchDialog(
            window.studio, window.jobs, window.messages, window, agency=load_person().agency
        ).exec()

    def show_large(self, template_id: str) -> None:
        """Show a template large; begin a post when the person wants to use it."""
        from ui.pages.gallery.large import LargePreview

        window = self._window
        if window.studio is None:
            return
        if LargePreview(window.studio, template_id, window.jobs, window).exec():
            window.new_post(template_id)

    def take_template(self, file: Path) -> None:
        """Take over a template file; it is tried in the background first."""
        window = self._window
        studio = window.studio
        assert studio is not None

        def work(ctx: JobContext) -> "Template":
            from wajo_studio.services.template_package import import_template

            return import_template(studio, file, ctx)

        def done(template: "Template") -> None:
            text = _("Template taken over: {name} ({id}).")
            window.messages.toast(text.format(name=template.name, id=template.id))
            window.show_gallery()

        window.jobs.submit("disk", work, on_done=done, owner=self)

    def _choose_template(self) -> None:
        name, _filter = QFileDialog.getOpenFileName(
            self._window, _("Import a template"), str(Path.home()), _(_FILES)
        )
        if name:
            self.take_template(Path(name))

    def _identity_changed(self) -> None:
        """Everything drawn from now on, the open post and the gallery show the new identity."""
        from wajo_studio.artwork.brand import load_brand_kit

        window = self._window
        assert window.studio is not None
        window.studio = replace(window.studio, brand=load_brand_kit())
        if window.compose is not None:
            window.compose.session.studio = window.studio
            window.compose.session.start()
        window.show_gallery()
