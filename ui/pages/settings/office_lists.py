"""The office's own lists for the checks."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from pydantic import ValidationError
from PySide6.QtWidgets import QWidget

from ui.messages import Messages
from ui.theme.tokens import SPACE_L
from ui.widgets.basic import column, label, set_tone
from ui.widgets.labelled import Labelled
from ui.widgets.list_edit import ListEdit
from wajo_studio.compliance.office import FILE_NAME, OfficeLists, load_office, save_office
from wajo_studio.domain.validation import explain
from wajo_studio.errors import WajoError
from wajo_studio.i18n import N_, _

_PLAIN = (
    ("phone_allow", N_("Official telephone numbers"), N_("Never taken for private numbers.")),
    ("link_allow", N_("Official addresses of websites"), N_("Hosts, such as wajokab.go.id.")),
    ("mail_allow", N_("Official e-mail addresses"), ""),
    ("npwp_allow", N_("Tax numbers of agencies"), ""),
    ("required_hashtags", N_("Hashtags every post must carry"), ""),
    ("campaign_terms", N_("Campaign brands"), N_("Names of campaigns that no post may carry.")),
)
_TABLES = (
    ("officials", N_("Officials"), ("name", "title", "from", "to")),
    ("election_windows", N_("Election windows"), ("name", "from", "to")),
    ("quiet_days", N_("Quiet days"), ("name", "from", "to")),
)
_COLUMNS = {"name": N_("Name"), "title": N_("Office"), "from": N_("From"), "to": N_("Until")}


class OfficeListsSection(QWidget):
    """Edits ``compliance.toml``; what is possible is kept at once.

    Args:
        messages: says things to the person.
        on_changed: called when the checks judge differently from now on.
    """

    def __init__(self, messages: Messages, on_changed: Callable[[], object]) -> None:
        super().__init__()
        self._messages, self._on_changed = messages, on_changed
        self.edits: dict[str, ListEdit] = {}
        body = column(spacing=SPACE_L)
        intro = _(
            "This is added to the program's own lists. Dates are written as 24-11-2026; "
            "an entry without dates always holds."
        )
        body.addWidget(label(intro, "body", "muted", wrap=True))
        self.state = label("", "small", "danger", wrap=True)
        self.state.setObjectName("listsState")
        body.addWidget(self.state)
        for key, title, hint in _PLAIN:
            self._add(body, key, _(title), (), _(hint) if hint else "")
        for key, title, columns in _TABLES:
            self._add(body, key, _(title), [_(_COLUMNS[name]) for name in columns])
        self._add(
            body,
            "glossary",
            _("Accepted names"),
            [_("Correct form"), _("Forms that are replaced, with ; between them")],
        )
        self.setLayout(body)
        self.refresh()

    def refresh(self) -> None:
        """Show what the file holds."""
        try:
            lists = load_office()
        except WajoError as error:
            self._say(str(error))
            return
        self._say("")
        for key, _title, _hint in _PLAIN:
            self.edits[key].set_value(getattr(lists, key))
        for key, _title, columns in _TABLES:
            self.edits[key].set_value([_cells(entry, columns) for entry in getattr(lists, key)])
        self.edits["glossary"].set_value([[e.proper, "; ".join(e.forms)] for e in lists.glossary])

    def _add(self, body: Any, key: str, title: str, columns: Sequence[str], hint: str = "") -> None:
        edit = ListEdit(columns, None)
        edit.setObjectName(f"list-{key}")
        edit.edited.connect(lambda _value: self._save())
        self.edits[key] = edit
        body.addWidget(Labelled(title, edit, hint=hint))

    def _save(self) -> None:
        """Keep the lists; while an entry is half typed, say what it lacks and keep the rest."""
        try:
            before = load_office()
            document = before.model_dump(by_alias=True, exclude_none=True) | self._document()
            lists = OfficeLists.model_validate(document)
            save_office(lists)
        except ValidationError as error:
            document = {"schema": 1}
            self._say(str(explain(error, file=FILE_NAME, model=OfficeLists, document=document)))
            return
        except ValueError as error:
            self._say(_("{text} is no date; write it as 24-11-2026.").format(text=error))
            return
        except WajoError as error:
            self._messages.error(error)
            return
        self._say("")
        if lists != before:
            self._on_changed()

    def _document(self) -> dict[str, Any]:
        document: dict[str, Any] = {key: self.edits[key].value() for key, *_rest in _PLAIN}
        for key, _title, columns in _TABLES:
            document[key] = [_entry(cells, columns) for cells in self.edits[key].value()]
        document["glossary"] = [
            {"proper": cells[0].strip(), "forms": _split(cells[1] if len(cells) > 1 else "")}
            for cells in self.edits["glossary"].value()
        ]
        return document

    def _say(self, text: str) -> None:
        self.state.setText(text)
        self.state.setVisible(bool(text))
        set_tone(self.state, "danger")


def _cells(entry: Any, columns: Sequence[str]) -> list[str]:
    values = entry.model_dump(by_alias=True)
    return [
        f"{value:%d-%m-%Y}" if isinstance(value := values[name], date) else str(value or "")
        for name in columns
    ]


def _entry(cells: Sequence[str], columns: Sequence[str]) -> dict[str, Any]:
    """A row as the file writes it.

    Raises:
        ValueError: a date that is none; its text is the message.
    """
    entry: dict[str, Any] = {}
    for name, text in zip(columns, cells, strict=False):
        if text.strip():
            entry[name] = _date(text.strip()) if name in ("from", "to") else text.strip()
    return entry


def _date(text: str) -> date:
    parts = text.replace("/", "-").replace(".", "-").split("-")
    try:
        day, month, year = (int(part) for part in parts)
        return date(year, month, day) if year > 31 else date(day, month, year)
    except ValueError:
        raise ValueError(text) from None


def _split(text: str) -> list[str]:
    return [part.strip() for part in text.split(";") if part.strip()]
