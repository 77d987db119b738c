"""The main window: navigation, menus, and which page is shown."""

import logging
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings, Qt, QTimer, QUrl
from PySide6.QtGui import QCloseEvent, QDesktopServices
from PySide6.QtWidgets import QFileDialog, QMainWindow, QStackedWidget, QWidget

from ui.jobs import JobRunner
from ui.loading import warm_up
from ui.menus import MenuEntries
from ui.messages import Messages
from ui.navigation import Navigation
from ui.pages.start import StartPage
from ui.place import restore_place
from ui.queue_runner import QueueRunner
from ui.theme.icons import icon
from ui.theme.menu import add_theme_menu
from ui.tools import Tools
from ui.tray import Tray
from ui.widgets.basic import boxed, row
from wajo_studio import paths, version
from wajo_studio.errors import WajoError
from wajo_studio.i18n import _, format_datetime
from wajo_studio.progress import JobContext

if TYPE_CHECKING:
    from ui.pages.compose.page import ComposePage, Parts
    from ui.pages.compose.session import EditSession
    from ui.pages.deliveries.page import DeliveriesPage
    from ui.pages.publish.flow import PublishFlow
    from ui.pages.publish.sending import Sent
    from ui.pages.settings.page import SettingsPage
    from wajo_studio.services.draft import Draft
    from wajo_studio.services.gallery import TemplateCard
    from wajo_studio.services.job_list import Interrupted
    from wajo_studio.services.preview import Picture
    from wajo_studio.services.publishing.desk import Desk
    from wajo_studio.services.recent import RecentPost
    from wajo_studio.services.studio import Studio
    from wajo_studio.store.database.deliveries import QueueEntry

TILE_PX = 400
CLOSE_WAIT_MS = 5_000

_log = logging.getLogger(__name__)


class MainWindow(QMainWindow):
    """One window, one open post.

    Args:
        build: puts the core together; run in the background after the first paint.
    """

    def __init__(self, build: "Callable[[], Studio]") -> None:
        super().__init__()
        self.setWindowTitle("Wajo Studio")
        self.setWindowIcon(icon("app"))
        self.jobs = JobRunner(self)
        self.messages = Messages(self)
        self.studio: Studio | None = None
        self.compose: ComposePage | None = None
        self.settings: SettingsPage | None = None
        self.deliveries: DeliveriesPage | None = None
        self.queue = QueueRunner(self.jobs, _build_desk, self)
        self._publishing: PublishFlow | None = None
        self._tray: Tray | None = None
        self._build = build
        self._entries = MenuEntries(self)
        self.start = StartPage()
        self.pages = QStackedWidget()
        self.pages.addWidget(self.start)
        self.navigation = Navigation()
        body = row(spacing=0)
        body.addWidget(self.navigation)
        body.addWidget(self.pages, 1)
        self.setCentralWidget(boxed(body))
        self._settings = QSettings(
            str(paths.data_dir() / "window.ini"), QSettings.Format.IniFormat, self
        )
        self.tools = Tools(self)
        self._make_menus()
        self._connect()
        restore_place(self, self._settings)
        self._show_actions()

    def begin(self, opened: Path | None = None) -> None:
        """Load what the first page needs, and a post if one was asked for."""

        def load(_ctx: JobContext) -> "tuple[Studio, list[TemplateCard], list[RecentPost]]":
            from wajo_studio.services.gallery import template_cards
            from wajo_studio.services.recent import recent_posts

            studio = self._build()
            cards = template_cards()
            warm_up()
            return studio, cards, recent_posts()

        def loaded(result: "tuple[Studio, list[TemplateCard], list[RecentPost]]") -> None:
            self.studio, cards, recent = result
            self.navigation.show_version(f"Wajo Studio {version()}")
            self.start.show_templates(cards)
            self.start.show_recent(recent)
            if opened is not None:
                self.open_post(opened)
            self._paint_tiles(cards)
            self.queue.start()
            self._offer_cut_off_jobs()

        self.jobs.submit("artwork", load, on_done=loaded)

    def _offer_cut_off_jobs(self) -> None:
        """Ask about what a crash stopped, if there is any."""

        def left(_ctx: JobContext) -> "list[Interrupted]":
            from wajo_studio.services.job_list import interrupted_jobs

            return interrupted_jobs()

        def offer(found: "list[Interrupted]") -> None:
            if found and self.studio is not None:
                from ui.resume import Resume

                Resume(self.studio, self.jobs, self.messages, self).offer(found)

        self.jobs.submit("disk", left, on_done=offer, owner=self)

    def open_post(self, path: Path) -> None:
        """Open a post folder, post.toml or .wajo file."""
        self._leave_post(partial(self._load, path))

    def _load(self, path: Path) -> None:
        """Load a post and show it; what the open one has unsaved is let go."""

        def work(ctx: JobContext) -> "Draft":
            from wajo_studio.services.draft import open_draft

            return open_draft(path, ctx)

        self.jobs.submit("disk", work, on_done=self._show_draft)

    def new_post(self, template_id: str) -> None:
        """Begin a post from a template, among the person's own posts."""

        def work(ctx: JobContext) -> "Draft":
            from wajo_studio.services.draft import free_post_folder, open_draft
            from wajo_studio.services.new_post import new_post
            from wajo_studio.services.person import load_person

            folder = free_post_folder(template_id)
            made = new_post(template_id, folder, load_person().agency)
            return open_draft(made.parent, ctx)

        self._leave_post(lambda: self.jobs.submit("disk", work, on_done=self._show_draft))

    def closeEvent(self, event: QCloseEvent) -> None:
        page = self.compose
        if self._stays_in_tray():
            event.ignore()
            return
        if page is not None and page.is_exporting and not self._may_stop_export():
            event.ignore()
            return
        if self.queue.is_running and not self._may_stop_sending():
            event.ignore()
            return
        self.queue.stop()
        if page is not None:
            page.session.stop()
        self.jobs.cancel_all()
        self.jobs.finish(CLOSE_WAIT_MS)
        self.queue.close()
        if page is not None:
            try:
                page.session.save_now()
            except WajoError as error:
                answers = [_("Back to the post"), _("Close without saving")]
                title = _("The draft could not be saved")
                if self.messages.ask(title, str(error), answers) != 1:
                    self.queue.start()
                    event.ignore()
                    return
        self._settings.setValue("geometry", self.saveGeometry())
        if page is not None:
            self._settings.setValue("panes", page.splitter.saveState())
        self._settings.sync()
        event.accept()

    def show_page(self, name: str) -> None:
        """Go to a page: ``start``, ``compose``, ``deliveries`` or ``settings``."""
        if name == "settings":
            self._make_settings()
        elif name == "deliveries":
            self._make_deliveries()
        pages = {
            "start": self.start,
            "compose": self.compose,
            "deliveries": self.deliveries,
            "settings": self.settings,
        }
        page: QWidget | None = pages[name]
        if page is None:
            return
        if name == "start":
            self._list_recent()
        elif name == "settings" and self.settings is not None:
            self.settings.refresh()
        elif name == "deliveries":
            self.queue.refresh()
        self.pages.setCurrentWidget(page)
        self.navigation.mark(name)
        self._show_actions()

    def _make_settings(self) -> None:
        """Build the settings page when it is first asked for."""
        from ui.pages.settings.page import SettingsPage

        if self.settings is None and self.studio is not None:
            self.settings = SettingsPage(self.studio, self.messages, self.queue, self._check_again)
            self.pages.addWidget(self.settings)

    def _make_deliveries(self) -> None:
        """Build the deliveries page when it is first asked for."""
        from ui.pages.deliveries.page import DeliveriesPage

        if self.deliveries is None:
            self.deliveries = DeliveriesPage(self.queue, self.messages, self._assist)
            self.pages.addWidget(self.deliveries)

    def _assist(self, entry: "QueueEntry") -> None:
        """Go through an upload by hand with the person."""
        from ui.pages.publish.assisted import assist

        assist(entry, self.queue, self.messages, self)

    def _on_queued(self, sent: "Sent") -> None:
        """Show the deliveries; begin with the first that a person uploads."""
        self.show_page("deliveries")
        by_hand = [one for one in sent.entries if one.delivery.mode == "assisted"]
        if by_hand and by_hand[0].delivery.due is None:
            self._assist(by_hand[0])

    def _check_again(self) -> None:
        """The rules or lists changed: judge the open post anew."""
        if self.compose is not None:
            self.compose.session.check_again()

    def _make_menus(self) -> None:
        bar, add = self.menuBar(), self._entries.add
        post = bar.addMenu(_("&Post"))
        add(post, "new", _("&New post…"), "Ctrl+N", self._go_new)
        add(post, "open", _("&Open…"), "Ctrl+O", self._choose_post)
        add(post, "open_file", _("Open a .&wajo file…"), "", self._choose_archive)
        post.addSeparator()
        add(post, "save", _("&Save draft now"), "Ctrl+S", self._on_page("force_save"))
        add(post, "export", _("Save &package…"), "Ctrl+E", self._on_page("export"))
        add(post, "publish", _("&Publish…"), "Ctrl+P", self._publish)
        add(post, "folder", _("Open the post's &folder"), "", self._open_folder)
        post.addSeparator()
        add(post, "quit", _("&Quit"), "Ctrl+Q", self.close)
        edit = bar.addMenu(_("&Edit"))
        add(edit, "undo", _("&Undo"), "Ctrl+Z", self._on_page("undo"))
        add(edit, "redo", _("&Redo"), "Ctrl+Y Ctrl+Shift+Z", self._on_page("redo"))
        edit.addSeparator()
        add(edit, "paste", _("&Paste picture or files"), "Ctrl+V", self._on_page("paste"))
        add(edit, "add", _("Add &media…"), "Ctrl+Shift+O", self._on_page("choose_files"))
        view = bar.addMenu(_("&View"))
        add(view, "start", _("&Home"), "Alt+1", lambda: self.show_page("start"))
        add(view, "compose", _("Po&st"), "Alt+2", lambda: self.show_page("compose"))
        add(view, "deliveries", _("&Deliveries"), "Alt+3", lambda: self.show_page("deliveries"))
        add(view, "settings", _("S&ettings"), "Alt+9", lambda: self.show_page("settings"))
        add(view, "form", _("Hide or show the &form"), "F9", self._on_page("toggle_form"))
        add_theme_menu(view, self._settings)
        full = add(view, "full", _("&Full screen"), "F11", self._toggle_full_screen)
        full.setCheckable(True)
        self.tools.add_menu(bar)
        help_menu = bar.addMenu(_("&Help"))
        add(help_menu, "keys", _("&Keyboard shortcuts"), "F1 Ctrl+/", self._show_keys)
        add(help_menu, "about", _("&About Wajo Studio"), "", self._show_about)

    def _publish(self) -> None:
        if self._publishing is not None:
            self._publishing.start()

    def _on_page(self, method: str) -> Callable[[], object]:
        return lambda: getattr(self.compose, method)() if self.compose is not None else None

    def _connect(self) -> None:
        self.navigation.page_asked.connect(self.show_page)
        self.jobs.failed.connect(self.messages.error)
        self.queue.failed.connect(self.messages.error)
        self.jobs.broke.connect(self.messages.crash)
        self.start.template_chosen.connect(self.new_post)
        self.start.large_asked.connect(self.tools.show_large)
        self.start.open_asked.connect(self._choose_post)
        self.start.recent_chosen.connect(self.open_post)
        self.start.forget_asked.connect(self._forget)

    def show_gallery(self) -> None:
        """Show the templates anew: some came, or look different now."""
        from wajo_studio.services.gallery import template_cards

        cards = template_cards()
        self.start.show_templates(cards)
        self._paint_tiles(cards)

    def _paint_tiles(self, cards: "list[TemplateCard]") -> None:
        studio = self.studio
        assert studio is not None

        def paint(template_id: str, _ctx: JobContext) -> "Picture | None":
            from wajo_studio.services.thumbnails import template_picture

            return template_picture(studio, template_id, TILE_PX)

        for card in cards:
            self.jobs.submit(
                "media",
                partial(paint, card.id),
                on_done=partial(self.start.show_picture, card.id),
                on_failed=lambda error: _log.warning("gallery: %s", error),
            )

    def _leave_post(self, then: Callable[[], object]) -> None:
        """Save the open post, then go on; stay when it cannot be saved."""
        page = self.compose
        if page is None:
            then()
            return
        if page.is_exporting:
            self.messages.toast(_("Wait until the package is saved, or stop it first."))
            return
        if self._publishing is not None and self._publishing.is_busy:
            self.messages.toast(_("Wait until the post is ready to go out, or stop it first."))
            return
        page.session.save(then)

    def _show_draft(self, draft: "Draft") -> None:
        from ui.pages.compose.page import build_parts
        from ui.pages.compose.session import EditSession

        assert self.studio is not None
        session = EditSession(self.studio, draft, self.jobs, self)
        steps = build_parts(session)

        def go_on() -> None:
            parts = next(steps)
            if parts is not None:
                self._show_page_of(session, parts)
            elif self.isVisible():
                QTimer.singleShot(0, go_on)

        go_on()

    def _show_page_of(self, session: "EditSession", parts: "Parts") -> None:
        from ui.pages.compose.page import ComposePage
        from ui.pages.publish.flow import PublishFlow
        from wajo_studio.services.recent import put_first

        draft = session.draft
        if self.compose is not None:
            self.compose.session.stop()
            self.pages.removeWidget(self.compose)
            self.compose.deleteLater()
        page = ComposePage(session, self.messages, parts)
        session.setParent(page)
        page.steps_changed.connect(self._show_actions)
        page.reload_asked.connect(self._load)
        self._publishing = PublishFlow(page, self.queue, self.messages, self._on_queued)
        page.publish_asked.connect(self._publishing.start)
        state = self._settings.value("panes")
        if state is not None:
            page.splitter.restoreState(state)
        self.compose = page
        self.pages.addWidget(page)
        self.navigation.allow_post(allowed=True)
        self.setWindowTitle(f"{draft.post.name} – Wajo Studio")
        self.show_page("compose")
        try:
            put_first(draft.root, draft.post.name)
        except WajoError as error:
            _log.warning("the list of recent posts could not be written: %s", error)
        page.content.focus_first()
        session.start()

    def _show_actions(self) -> None:
        """Offer what is possible now; the Edit menu names the step."""
        page = self.compose if self.pages.currentWidget() is self.compose else None
        of_post = ("save", "export", "publish", "folder", "paste", "add", "form")
        self._entries.allow(of_post, allowed=page is not None)
        self._entries.allow(["compose"], allowed=self.compose is not None)
        draft = page.session.draft if page else None
        self._entries.name_steps(
            draft.undo_name if draft else None, draft.redo_name if draft else None
        )

    def _go_new(self) -> None:
        self.show_page("start")
        self.start.setFocus()

    def _choose_post(self) -> None:
        folder = QFileDialog.getExistingDirectory(
            self, _("Choose the folder of a post"), str(paths.data_dir() / "posts")
        )
        if folder:
            self.open_post(Path(folder))

    def _choose_archive(self) -> None:
        name, _filter = QFileDialog.getOpenFileName(
            self, _("Open a .wajo file"), str(Path.home()), _("Posts (*.wajo post.toml)")
        )
        if name:
            self.open_post(Path(name))

    def _open_folder(self) -> None:
        if self.compose is not None:
            folder = self.compose.session.draft.root
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    def _forget(self, folder: Path) -> None:
        from wajo_studio.services.recent import forget

        forget(folder)
        self._list_recent()

    def _list_recent(self) -> None:
        from wajo_studio.services.recent import recent_posts

        self.start.show_recent(recent_posts())

    def _toggle_full_screen(self) -> None:
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def _stays_in_tray(self) -> bool:
        """Go on in the notification area where something is scheduled and the person wants it."""
        due = self.queue.next_due
        if due is None or not self.isVisible() or not Tray.is_possible():
            return False
        answers = [_("Go on in the background"), _("Close")]
        title = _("Something is scheduled")
        text = _("It goes out on {time} if the program runs then.").format(
            time=format_datetime(due)
        )
        if self.messages.ask(title, text, answers) != 0:
            return False
        if self._tray is None:
            self._tray = Tray(self, self.close)
        self._tray.enter()
        return True

    def _may_stop_sending(self) -> bool:
        answers = [_("Go on sending"), _("Stop and close")]
        title = _("Something is being sent")
        text = _("Closing pauses it; it goes on the next time the program runs. Nothing is lost.")
        return self.messages.ask(title, text, answers) == 1

    def _may_stop_export(self) -> bool:
        answers = [_("Go on saving"), _("Stop and close")]
        title = _("A package is being saved")
        text = _("Closing stops it; nothing half-finished stays behind. Your draft is safe.")
        return self.messages.ask(title, text, answers) == 1

    def _show_keys(self) -> None:
        self.messages.ask(_("Keyboard shortcuts"), self._entries.keys(), [_("Close")])

    def _show_about(self) -> None:
        text = _("Version {version}. Works without internet. Licence: GPL-3.0-or-later.")
        self.messages.ask("Wajo Studio", text.format(version=version()), [_("Close")])


def _build_desk() -> "Desk":
    from wajo_studio.bootstrap import build_desk  # slow to import: when it is first needed

    return build_desk()
