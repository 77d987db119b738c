"""The tab "Media": the post's photos, clips and sounds, and what is known of each."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QImage, QKeySequence, QPixmap, QShortcut
from PySide6.QtWidgets import QCheckBox, QListWidget, QListWidgetItem, QWidget

from ui.pages.compose.session import EditSession
from ui.theme.icons import icon
from ui.theme.tokens import SPACE_M, SPACE_S
from ui.theme.type import set_role
from ui.widgets.basic import boxed, button, column, label, row, scrolled, set_state, tool
from ui.widgets.drop_button import DropButton
from ui.widgets.focus_picture import FocusPicture
from ui.widgets.labelled import Labelled
from ui.widgets.text_edit import GrowingTextEdit, LineEdit
from wajo_studio.domain.geometry import Box
from wajo_studio.domain.media import AudioInfo, ClipInfo, MediaInfo, MediaItem, PhotoInfo
from wajo_studio.errors import WajoError
from wajo_studio.i18n import _, format_number, ngettext
from wajo_studio.services.prepare import Prepared
from wajo_studio.services.preview import Picture
from wajo_studio.services.thumbnails import media_thumbnail

if TYPE_CHECKING:
    from ui.pages.trim.dialog import TrimDialog

THUMB_PX = 320
_ROW_PX = 48


class MediaTab(QWidget):
    """A place to drop files, the list of media, and the chosen one's particulars."""

    refused = Signal(object)
    files_asked = Signal()

    def __init__(self, session: EditSession) -> None:
        super().__init__()
        self._session = session
        self._infos: dict[str, MediaInfo] = {}
        self._marked_id = ""
        self._pictures: dict[str, tuple[str, Picture | None]] = {}
        self._drop = DropButton(
            _("Drag a photo or video here, or paste (Ctrl+V)"), self.files_asked.emit
        )
        self._drop.setObjectName("dropZone")
        self._list = QListWidget()
        self._list.setObjectName("mediaList")
        self._list.setAccessibleName(_("Media of the post"))
        self._list.setIconSize(QSize(_ROW_PX, _ROW_PX))
        self._list.setUniformItemSizes(True)
        self._list.currentItemChanged.connect(lambda _now, _then: self._show_chosen())
        delete = QShortcut(QKeySequence.StandardKey.Delete, self._list)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(self._remove)
        self._empty = label(_("No media yet."), "small", "muted")
        body = column(spacing=SPACE_M, margins=(18, SPACE_M, 18, 18))
        body.addWidget(self._drop)
        body.addWidget(self._empty)
        body.addWidget(self._list)
        self._details = self._detail_pane()
        body.addWidget(self._details)
        body.addStretch(1)
        outer = column(spacing=0)
        outer.addWidget(scrolled(boxed(body, "paneBody")))
        self.setLayout(outer)
        self.refresh("open")

    def refresh(self, origin: str) -> None:
        """Show the post's media."""
        del origin
        items = self._session.post.media
        chosen = self._chosen_id()
        ids = [self._id_at(i) for i in range(self._list.count())]
        if ids != [item.id for item in items]:
            self._list.blockSignals(True)
            self._list.clear()
            for item in items:
                entry = QListWidgetItem(item.id)
                entry.setData(Qt.ItemDataRole.UserRole, item.id)
                self._list.addItem(entry)
            self._list.blockSignals(False)
            self._choose(chosen or (items[0].id if items else None))
        self._list.setVisible(bool(items))
        self._empty.setVisible(not items)
        row_px = max(self._list.sizeHintForRow(0), _ROW_PX)
        self._list.setFixedHeight(min(len(items), 4) * row_px + 6)
        self._show_rows()
        self._show_chosen()

    def show_prepared(self, prepared: Prepared) -> None:
        """The files are known now."""
        self._infos = dict(prepared.infos)
        for item in prepared.post.media:
            self._ask_thumbnail(item)
        self._show_rows()
        self._show_chosen()

    def show_busy(self, count: int) -> None:
        """Files are being added."""
        text = ngettext("Adding {count} file…", "Adding {count} files…", count)
        waiting = _("Drag a photo or video here, or paste (Ctrl+V)")
        self._drop.setText(text.format(count=count) if count else waiting)

    def show_drop(self, over: bool) -> None:
        """Files hang over the page and will be taken."""
        set_state(self._drop, "over", "true" if over else "false")
        self._drop.setText(
            _("Let go to add") if over else _("Drag a photo or video here, or paste (Ctrl+V)")
        )

    def focus_media(self, where: str, box: Box | None = None) -> None:
        """Go to a media item (``foto1``) or to its alternative text (``foto1.alt``).

        Args:
            where: id of the item or of its text.
            box: a part of the picture to outline.
        """
        media_id = where.removesuffix(".alt")
        self._marked_id = media_id
        self._choose(media_id)
        self._focus.mark(box)
        if where.endswith(".alt"):
            self._alt.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._list.setFocus(Qt.FocusReason.OtherFocusReason)

    def trim(self) -> "TrimDialog | None":
        """Open the dialog that trims the chosen clip; None when no clip is chosen."""
        from ui.pages.trim.dialog import TrimDialog

        media_id = self._chosen_id()
        item = self._session.post.media_by_id(media_id) if media_id else None
        info = self._infos.get(item.id) if item else None
        if item is None or not isinstance(info, ClipInfo):
            return None
        dialog = TrimDialog(self._session, item, info, self.window())
        dialog.start()
        return dialog

    def _detail_pane(self) -> QWidget:
        self._about = label("", "small", "muted", wrap=True)
        self._focus = FocusPicture()
        self._focus.setObjectName("focusPoint")
        self._focus.chosen.connect(self._focus_chosen)
        self._alt = GrowingTextEdit(2, 6)
        self._alt.setObjectName("mediaAlt")
        self._alt.edited.connect(self._setter("alt", _("alternative text")))
        self._alt_row = Labelled(
            _("Alternative text"),
            self._alt,
            hint=_("What the picture shows, for people who cannot see it."),
        )
        self._credit = LineEdit()
        self._credit.setObjectName("mediaCredit")
        self._credit.textEdited.connect(self._setter("credit", _("credit")))
        self._licence = LineEdit()
        self._licence.setObjectName("mediaLicence")
        self._licence.textEdited.connect(self._setter("licence", _("licence")))
        self._consent = set_role(QCheckBox(_("The people shown have agreed")), "body")
        self._consent.setObjectName("mediaConsent")
        self._consent.clicked.connect(self._setter("consent", _("consent")))
        tools = row(spacing=4)
        tools.addWidget(tool("arrow-up", _("Move up"), lambda: self._move(-1)))
        tools.addWidget(tool("arrow-down", _("Move down"), lambda: self._move(1)))
        self._trim = button(_("Trim the clip…"), self.trim, kind="small", icon_name="scissors")
        self._trim.setObjectName("trimClip")
        tools.addWidget(self._trim)
        tools.addStretch(1)
        remove = button(_("Remove"), self._remove, kind="link", icon_name="trash")
        remove.setObjectName("removeMedia")
        tools.addWidget(remove)
        body = column(spacing=SPACE_S)
        body.addLayout(tools)
        body.addWidget(self._about)
        self._focus_row = Labelled(_("Focus point: what stays in every crop"), self._focus)
        body.addWidget(self._focus_row)
        body.addWidget(self._alt_row)
        body.addWidget(Labelled(_("Credit"), self._credit))
        self._licence_row = Labelled(_("Licence of the sound"), self._licence)
        body.addWidget(self._licence_row)
        body.addWidget(self._consent)
        return boxed(body)

    def _chosen_id(self) -> str | None:
        entry = self._list.currentItem()
        return str(entry.data(Qt.ItemDataRole.UserRole)) if entry else None

    def _id_at(self, index: int) -> str:
        return str(self._list.item(index).data(Qt.ItemDataRole.UserRole))

    def _choose(self, media_id: str | None) -> None:
        for index in range(self._list.count()):
            if self._id_at(index) == media_id:
                self._list.setCurrentRow(index)
                return
        self._list.setCurrentRow(0 if self._list.count() else -1)

    def _show_rows(self) -> None:
        for index in range(self._list.count()):
            entry = self._list.item(index)
            media_id = self._id_at(index)
            item = self._session.post.media_by_id(media_id)
            if item is None:
                continue
            info = self._infos.get(media_id)
            text = f"{media_id}\n{describe(info)}" if info else media_id
            if entry.text() != text:
                entry.setText(text)
            picture = self._pictures.get(media_id, ("", None))[1]
            if picture is not None:
                entry.setIcon(QIcon(_pixmap(picture)))
            elif entry.icon().isNull():
                entry.setIcon(icon("music" if isinstance(info, AudioInfo) else "image", "muted"))

    def _show_chosen(self) -> None:
        media_id = self._chosen_id()
        item = self._session.post.media_by_id(media_id) if media_id else None
        self._details.setVisible(item is not None)
        if item is None:
            return
        info = self._infos.get(item.id)
        self._about.setText(f"{item.path}\n{describe(info)}" if info else item.path)
        self._alt.set_text(item.alt)
        for line, text in ((self._credit, item.credit), (self._licence, item.licence)):
            if line.text() != text:
                line.setText(text)
        self._consent.setChecked(item.consent)
        is_sound = isinstance(info, AudioInfo)
        self._alt_row.setVisible(not is_sound)
        self._consent.setVisible(not is_sound)
        self._licence_row.setVisible(is_sound)
        self._trim.setVisible(isinstance(info, ClipInfo))
        self._focus_row.setVisible(isinstance(info, PhotoInfo))
        picture = self._pictures.get(item.id, ("", None))[1]
        self._focus.show_picture(picture, item.focus)
        if item.id != self._marked_id:
            self._focus.mark(None)

    def _setter(self, key: str, name: str) -> Callable[[object], None]:
        def set_value(value: object) -> None:
            media_id = self._chosen_id()
            if media_id is not None:
                self._try(lambda: self._session.set_media(media_id, name, **{key: value}))

        return set_value

    def _focus_chosen(self, x: float, y: float) -> None:
        self._setter("focus", _("focus point"))((round(x, 3), round(y, 3)))

    def _move(self, by: int) -> None:
        items = list(self._session.post.media)
        index = next((i for i, item in enumerate(items) if item.id == self._chosen_id()), -1)
        if index >= 0 and 0 <= index + by < len(items):
            items.insert(index + by, items.pop(index))
            name = _("order of media")
            self._try(
                lambda: self._session.change("media", lambda draft: draft.change(name, media=items))
            )

    def _remove(self) -> None:
        media_id = self._chosen_id()
        if media_id is not None:
            name = _("removing media")
            self._session.draft.end_step()
            self._try(
                lambda: self._session.change(
                    "media", lambda draft: draft.remove_media(name, media_id)
                )
            )

    def _try(self, action: Callable[[], None]) -> None:
        try:
            action()
        except WajoError as error:
            self.refused.emit(error)
            self.refresh("refused")

    def _ask_thumbnail(self, item: MediaItem) -> None:
        info = self._infos[item.id]
        known = self._pictures.get(item.id)
        if known is not None and known[0] == info.sha256:
            return
        self._pictures[item.id] = (info.sha256, None)
        path = self._session.draft.folder.media_path(item)

        def arrived(picture: Picture | None) -> None:
            self._pictures[item.id] = (info.sha256, picture)
            self._show_rows()
            self._show_chosen()

        self._session.jobs.submit(
            "media",
            lambda _ctx: media_thumbnail(path, info, THUMB_PX),
            on_done=arrived,
            owner=self,
        )


def describe(info: MediaInfo) -> str:
    """Kind and size of a file in a few words."""
    if isinstance(info, AudioInfo):
        return _("Sound, {seconds} s").format(seconds=format_number(info.duration_s, 1))
    size = f"{info.size.width} × {info.size.height}"
    if isinstance(info, ClipInfo):
        return _("Clip, {seconds} s, {size}").format(
            seconds=format_number(info.duration_s, 1), size=size
        )
    return _("Photo, {size}").format(size=size)


def _pixmap(picture: Picture) -> QPixmap:
    image = QImage(
        picture.pixels, picture.width, picture.height, picture.stride, QImage.Format.Format_RGB32
    )
    return QPixmap.fromImage(image)
