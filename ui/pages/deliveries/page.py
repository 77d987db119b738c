"""The deliveries page."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelection, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QFileDialog,
    QHeaderView,
    QInputDialog,
    QLineEdit,
    QSplitter,
    QTableView,
    QWidget,
)

from ui.messages import Messages
from ui.pages.deliveries.detail import DeliveryDetail
from ui.pages.deliveries.model import DeliveryModel
from ui.queue_runner import Queue, QueueRunner
from ui.theme.tokens import CONTROL_PX, SPACE_L, SPACE_M, SPACE_XL
from ui.theme.type import set_role
from ui.widgets.basic import boxed, button, column, label, row
from wajo_studio.errors import WajoError
from wajo_studio.i18n import _
from wajo_studio.progress import JobContext

if TYPE_CHECKING:
    from wajo_studio.services.publishing.desk import Desk
    from wajo_studio.store.database.deliveries import QueueEntry


class DeliveriesPage(QWidget):
    """The queue on the left, the chosen delivery on the right.

    Args:
        runner: the window's side of publishing.
        messages: says things to the person.
        assist: goes through an assisted delivery with the person.
    """

    def __init__(
        self,
        runner: QueueRunner,
        messages: Messages,
        assist: "Callable[[QueueEntry], object]",
    ) -> None:
        super().__init__()
        self._runner, self._messages, self._assist = runner, messages, assist
        self.model = DeliveryModel()
        self.table = self._table()
        self.detail = DeliveryDetail(self._act)
        self.frozen = set_role(
            QCheckBox(_("Stop everything that has not gone out (crisis)")), "body"
        )
        self.frozen.setObjectName("freezeQueue")
        self.frozen.clicked.connect(self._freeze)
        self._send = button(_("Send what is due"), runner.run, kind="small")
        self._send.setObjectName("runQueue")
        self._progress = label("", "small", "muted")
        self._empty = label(
            _("Nothing yet. Open a post and choose Publish."), "body", "muted", wrap=True
        )
        head = row(spacing=SPACE_L)
        head.addWidget(label(_("Deliveries"), "title"))
        head.addStretch(1)
        head.addWidget(self._progress)
        head.addWidget(self.frozen)
        head.addWidget(self._send)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setHandleWidth(1)
        splitter.addWidget(self.table)
        splitter.addWidget(self.detail)
        splitter.setStretchFactor(0, 1)
        splitter.setSizes([760, 380])
        self.detail.setMinimumWidth(300)
        top = column(spacing=SPACE_M, margins=(SPACE_XL, SPACE_L, SPACE_XL, SPACE_M))
        top.addLayout(head)
        top.addWidget(self._empty)
        body = column(spacing=0)
        body.addWidget(boxed(top))
        body.addWidget(splitter, 1)
        self.setLayout(body)
        runner.listed.connect(self._on_listed)
        runner.progressed.connect(self._on_progressed)
        runner.ran.connect(lambda _run: self._progress.setText(""))

    def chosen(self) -> "QueueEntry | None":
        """The delivery that is chosen in the table."""
        rows = self.table.selectionModel().selectedRows()
        return self.model.entries[rows[0].row()] if rows else None

    def choose(self, delivery_id: str) -> None:
        """Choose a delivery."""
        for number, entry in enumerate(self.model.entries):
            if entry.id == delivery_id:
                self.table.selectRow(number)

    def _table(self) -> QTableView:
        table = set_role(QTableView(), "body")
        table.setModel(self.model)
        table.setObjectName("deliveries")
        table.setAccessibleName(_("Deliveries"))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(CONTROL_PX)
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column_number, width in enumerate((200, 240, 150, 170, 110)):
            table.setColumnWidth(column_number, width)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        table.selectionModel().selectionChanged.connect(self._on_chosen)
        return table

    def _on_chosen(self, _now: QItemSelection, _then: QItemSelection) -> None:
        self.detail.show_entry(self.chosen())

    def _on_listed(self, queue: Queue) -> None:
        before = self.chosen()
        self.model.show(queue.entries)
        self._empty.setVisible(not queue.entries)
        self.frozen.setChecked(queue.frozen)
        if before is not None:
            self.choose(before.id)
        self.detail.show_entry(self.chosen())

    def _on_progressed(self, fraction: float, text: str) -> None:
        self._progress.setText(f"{text} {fraction:.0%}".strip())

    def _freeze(self, frozen: bool) -> None:
        def change(desk: "Desk") -> None:
            from wajo_studio.store.database.switches import freeze_queue

            freeze_queue(desk.database, desk.clock.now(), frozen=frozen)

        self._runner.act(change, then_run=not frozen)

    def _act(self, name: str, entry: "QueueEntry") -> None:
        from wajo_studio.services.publishing import actions

        if name == "assist":
            self._assist(entry)
        elif name == "retry":
            self._runner.act(lambda desk: actions.retry(desk, entry.id), then_run=True)
        elif name == "cancel":
            self._runner.act(lambda desk: actions.cancel(desk, entry.id))
        elif name == "not-published":
            self._runner.act(lambda desk: actions.resolve_not_published(desk, entry.id))
        elif name == "published":
            self._ask_address(entry)
        elif name == "record":
            self._save_record(entry)

    def _ask_address(self, entry: "QueueEntry") -> None:
        address, given = QInputDialog.getText(
            self,
            _("Where is the post?"),
            _("Open the post on the network and paste its address here:"),
            QLineEdit.EchoMode.Normal,
        )
        if given and address.strip():
            self.tell_published(entry, address)

    def tell_published(self, entry: "QueueEntry", address: str) -> None:
        """A person found the post at an address."""
        from wajo_studio.services.publishing import actions
        from wajo_studio.services.publishing.links import read_link

        try:
            read_link(entry.delivery.placement, address)
        except WajoError as error:
            self._messages.error(error)
            return
        self._runner.act(lambda desk: actions.resolve_published(desk, entry.id, address))

    def _save_record(self, entry: "QueueEntry") -> None:
        folder = QFileDialog.getExistingDirectory(self, _("Choose an empty folder"))
        if folder:
            self.write_record(entry, Path(folder))

    def write_record(self, entry: "QueueEntry", folder: Path) -> None:
        """Write the record of a delivery's post into an empty folder."""

        def work(desk: "Desk", ctx: JobContext) -> object:
            from wajo_studio.services.publishing.records import write_post_record

            return write_post_record(desk, entry.id, folder, ctx)

        self._runner.ask(
            work, lambda _files: self._messages.toast(_("The record is in the folder."))
        )
