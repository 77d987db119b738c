"""The dialog "Banyak konten dari tabel": columns, ten previews, errors by row, progress."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QImage, QPixmap
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFileDialog,
    QFormLayout,
    QListView,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from ui.jobs import Handle, JobRunner
from ui.messages import Messages
from ui.theme.tokens import SPACE_M, SPACE_S, SPACE_XL
from ui.theme.type import set_role
from ui.widgets.basic import button, column, label, row, scrolled
from ui.widgets.choice import Choice
from ui.widgets.job_bar import JobBar
from ui.widgets.labelled import Labelled
from wajo_studio.artwork.template import find_template, usable_templates
from wajo_studio.errors import WajoError
from wajo_studio.i18n import N_, _, ngettext
from wajo_studio.progress import JobContext
from wajo_studio.services.batch_columns import all_targets, map_columns
from wajo_studio.services.batch_rows import BatchPlan, Problem, plan_batch
from wajo_studio.store.table_file import Table, read_table

if TYPE_CHECKING:
    from wajo_studio.services.batch import BatchDone
    from wajo_studio.services.preview import Picture
    from wajo_studio.services.studio import Studio

SHOWN = 10
_PREVIEW = QSize(132, 165)
_TABLES = N_("Tables (*.xlsx *.xlsm *.csv *.tsv)")


class BatchDialog(QDialog):
    """Makes many posts from a table.

    Args:
        studio: the program's parts.
        jobs: runs the work.
        messages: says things to the person.
        template_id: the template chosen first.
        agency: id of the agency of rows that name none; empty for the template's sample's.
    """

    finished_batch = Signal(object)
    """The :class:`BatchDone` of a batch that was made."""
    previewed = Signal()
    """All previews of the present table were drawn."""

    def __init__(
        self,
        studio: "Studio",
        jobs: JobRunner,
        messages: Messages,
        parent: QWidget | None,
        *,
        template_id: str = "",
        agency: str = "",
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Many posts from a table"))
        self.resize(880, 640)
        self._studio, self._jobs, self._messages, self._agency = studio, jobs, messages, agency
        self._table: Table | None = None
        self._file: Path | None = None
        self._plan: BatchPlan | None = None
        self._running: Handle | None = None
        self._drawn = 0
        self._asked = 0
        drawn = [t for t in usable_templates()[0] if t.has_artwork]
        self.template = Choice([(t.id, t.name) for t in drawn])
        self.template.setObjectName("batchTemplate")
        self.template.set_value(template_id or drawn[0].id)
        self.template.chosen.connect(lambda _id: self._map_anew())
        self.file_label = label(_("No table chosen yet."), "small", "muted", wrap=True)
        self._columns = QFormLayout()
        self._columns.setVerticalSpacing(SPACE_S)
        self.targets: dict[str, Choice] = {}
        self.previews = QListWidget()
        self.previews.setObjectName("batchPreviews")
        self.previews.setViewMode(QListView.ViewMode.IconMode)
        self.previews.setIconSize(_PREVIEW)
        self.previews.setResizeMode(QListView.ResizeMode.Adjust)
        self.previews.setMovement(QListView.Movement.Static)
        self.previews.setAccessibleName(_("Preview of the first posts"))
        self.problems = QPlainTextEdit()
        self.problems.setObjectName("batchProblems")
        self.problems.setReadOnly(True)
        self.problems.setAccessibleName(_("Errors by row"))
        self.problems.setMaximumHeight(120)
        self.problems.hide()
        self.summary = label("", "body-strong", wrap=True)
        self.pictures = set_role(QCheckBox(_("Write all pictures as JPEG, too")), "body")
        self.pictures.setObjectName("batchPictures")
        self.pictures.setChecked(True)
        self.skip = set_role(QCheckBox(_("Leave out rows with errors")), "body")
        self.skip.setObjectName("batchSkip")
        self.skip.toggled.connect(lambda _on: self._show_state())
        self.skip.hide()
        self.job_bar = JobBar(self._cancel)
        self._build()
        self._show_state()

    def _build(self) -> None:
        left = column(spacing=SPACE_M)
        left.addWidget(label(_("Many posts from a table"), "title", wrap=True))
        hint = _("Each row becomes a post. The first row names the columns, like the fields.")
        left.addWidget(label(hint, "body", "muted", wrap=True))
        left.addWidget(Labelled(_("Template"), self.template))
        choose = button(_("Choose table…"), self._choose_table, icon_name="table")
        choose.setObjectName("chooseTable")
        left.addWidget(choose)
        left.addWidget(self.file_label)
        left.addWidget(label(_("Columns"), "small-strong", "muted"))
        holder = QWidget()
        holder.setLayout(self._columns)
        left.addWidget(scrolled(holder), 1)
        left.addWidget(self.pictures)
        left.addWidget(self.skip)
        side = QWidget()
        side.setLayout(left)
        side.setFixedWidth(320)
        right: QVBoxLayout = column(spacing=SPACE_M)
        right.addWidget(self.summary)
        right.addWidget(self.previews, 1)
        right.addWidget(self.problems)
        body = row(spacing=SPACE_XL, margins=(SPACE_XL,) * 4)
        body.addWidget(side)
        body.addLayout(right, 1)
        foot = row(spacing=SPACE_S, margins=(SPACE_XL, 0, SPACE_XL, SPACE_XL))
        foot.addStretch(1)
        foot.addWidget(button(_("Close"), self.reject))
        self._make = button(_("Make posts…"), self._ask_and_make, kind="primary")
        self._make.setObjectName("makeBatch")
        foot.addWidget(self._make)
        outer = column(spacing=0)
        outer.addLayout(body, 1)
        outer.addLayout(foot)
        outer.addWidget(self.job_bar)
        self.setLayout(outer)

    @property
    def plan(self) -> BatchPlan | None:
        """What would be made now."""
        return self._plan

    def open_table(self, file: Path) -> None:
        """Read a table and show what it would become."""
        try:
            self._table = read_table(file)
        except WajoError as error:
            self._messages.error(error)
            return
        self._file = file
        rows = len(self._table.rows)
        text = ngettext("{file}: {count} row", "{file}: {count} rows", rows)
        self.file_label.setText(text.format(file=file.name, count=rows))
        self._map_anew()

    def make(self, out: Path) -> None:
        """Make the posts in a new or empty folder."""
        plan = self._plan
        if plan is None or self._running is not None:
            return
        pictures, skip = self.pictures.isChecked(), self.skip.isChecked()

        def work(ctx: JobContext) -> "BatchDone":
            from wajo_studio.services.batch import make_batch

            return make_batch(self._studio, plan, out, ctx, pictures=pictures, skip_problems=skip)

        self.job_bar.begin(_("Making posts"))
        self._running = self._jobs.submit(
            "export",
            work,
            on_done=partial(self._on_made, out),
            on_failed=self._on_failed,
            on_cancelled=self._on_cancelled,
            on_progress=self.job_bar.progress,
            owner=self,
        )
        self._show_state()

    def reject(self) -> None:
        """Closing stops what runs; nothing half done stays."""
        self._cancel()
        super().reject()

    def _map_anew(self) -> None:
        """Find what the columns fill in the template, and show it."""
        while self._columns.rowCount():
            self._columns.removeRow(0)
        self.targets = {}
        if self._table is None:
            return
        template = find_template(str(self.template.value()))
        entries = [(None, _("Leave out")), *all_targets(template).items()]
        try:
            found: Sequence[str | None] = map_columns(template, self._table.columns).targets
        except WajoError:
            found = [None] * len(self._table.columns)
        for column_name, target in zip(self._table.columns, found, strict=True):
            choice = Choice(entries)
            choice.set_value(target)
            choice.setAccessibleName(_("Column {name} fills").format(name=column_name))
            choice.chosen.connect(lambda _target: self._plan_anew())
            self.targets[column_name] = choice
            self._columns.addRow(label(column_name, "small-strong"), choice)
        self._plan_anew()

    def _plan_anew(self) -> None:
        if self._table is None or self._file is None:
            return
        template = find_template(str(self.template.value()))
        wanted = {name: str(choice.value() or "") for name, choice in self.targets.items()}
        self._plan = None
        self._show_problems(())
        try:
            columns = map_columns(template, self._table.columns, wanted)
            self._plan = plan_batch(
                template, self._table, columns, self._file.parent, agency=self._agency or None
            )
        except WajoError as error:
            self.summary.setText(str(error))
        else:
            self._show_problems(self._plan.problems)
        self._draw_previews()
        self._show_state()

    def _show_problems(self, problems: Sequence[Problem]) -> None:
        self.problems.setPlainText("\n".join(problem.sentence() for problem in problems))
        self.problems.setVisible(bool(problems))
        self.skip.setVisible(bool(problems))

    def _draw_previews(self) -> None:
        self.previews.clear()
        self._asked += 1
        self._drawn = 0
        if self._plan is None:
            return
        template, studio = self._plan.template, self._studio
        for number, post in enumerate(self._plan.posts[:SHOWN]):
            item = QListWidgetItem(_("Row {number}").format(number=post.row))
            item.setToolTip(post.post.name)
            item.setSizeHint(QSize(_PREVIEW.width() + 16, _PREVIEW.height() + 34))
            self.previews.addItem(item)

            def paint(_ctx: JobContext, post: object = post) -> "Picture":
                from wajo_studio.services.batch import preview_row

                return preview_row(studio, template, post, _PREVIEW.width() * 2)  # type: ignore[arg-type]

            self._jobs.submit(
                "media",
                paint,
                on_done=partial(self._show_preview, self._asked, number),
                on_failed=partial(self._preview_failed, self._asked, number),
                owner=self,
            )

    def _show_preview(self, asked: int, number: int, picture: "Picture") -> None:
        if asked != self._asked:
            return
        form = QImage.Format.Format_RGB32
        image = QImage(picture.pixels, picture.width, picture.height, picture.stride, form).copy()
        scaled = QPixmap.fromImage(image).scaled(
            _PREVIEW,
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        self.previews.item(number).setIcon(QIcon(scaled))
        self._count_preview()

    def _preview_failed(self, asked: int, number: int, error: WajoError) -> None:
        if asked == self._asked:
            self.previews.item(number).setToolTip(str(error))
            self._count_preview()

    def _count_preview(self) -> None:
        self._drawn += 1
        if self._drawn == self.previews.count():
            self.previewed.emit()

    def _show_state(self) -> None:
        plan, busy = self._plan, self._running is not None
        may = plan is not None and bool(plan.posts) and (not plan.problems or self.skip.isChecked())
        self._make.setEnabled(may and not busy)
        if plan is None:
            return
        count = len(plan.posts)
        text = ngettext("{count} post can be made.", "{count} posts can be made.", count)
        sentence = text.format(count=count)
        if plan.problems:
            rows = len({problem.row for problem in plan.problems})
            wrong = ngettext("{count} row has errors.", "{count} rows have errors.", rows)
            sentence += " " + wrong.format(count=rows)
        self.summary.setText(sentence)

    def _choose_table(self) -> None:
        name, _filter = QFileDialog.getOpenFileName(
            self, _("Choose table"), str(Path.home()), _(_TABLES)
        )
        if name:
            self.open_table(Path(name))

    def _ask_and_make(self) -> None:
        folder = QFileDialog.getExistingDirectory(
            self, _("Choose an empty folder for the posts"), str(Path.home())
        )
        if folder:
            self.make(Path(folder))

    def _cancel(self) -> None:
        if self._running is not None:
            self.job_bar.cancelling()
            self._running.cancel()

    def _end(self) -> None:
        self._running = None
        self.job_bar.end()
        self._show_state()

    def _on_made(self, out: Path, done: "BatchDone") -> None:
        self._end()
        if done.is_written:
            text = _("{posts} posts and {pictures} pictures in {path}")
            words = text.format(posts=done.posts, pictures=done.pictures, path=out)
            self._messages.toast(words)
            self.summary.setText(words)
        else:
            self._show_problems(done.problems)
            self.summary.setText(_("Nothing was written: some texts do not fit."))
            self._make.setEnabled(self.skip.isChecked())
        self.finished_batch.emit(done)

    def _on_failed(self, error: WajoError) -> None:
        self._end()
        self._messages.error(error)

    def _on_cancelled(self) -> None:
        self._end()
        self._messages.toast(_("Stopped; nothing was written."))
