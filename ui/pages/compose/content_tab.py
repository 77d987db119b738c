"""The tab "Isi": template, its fields, and what the post is for."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QToolButton, QVBoxLayout, QWidget

from ui.pages.compose.fields import FieldControl
from ui.pages.compose.session import EditSession
from ui.theme.tokens import SPACE_M, SPACE_S
from ui.theme.type import set_role
from ui.widgets.basic import ElidedLabel, boxed, clear, column, label, row, scrolled
from ui.widgets.choice import Choice
from ui.widgets.drop_button import DropButton
from ui.widgets.labelled import Labelled
from ui.widgets.text_edit import GrowingTextEdit, LineEdit
from ui.words import information_classes, pillars
from wajo_studio.artwork.brand import load_agencies
from wajo_studio.artwork.looks import LOOK_FIELD, default_look, load_looks
from wajo_studio.artwork.template import Template, find_template, list_templates
from wajo_studio.domain.media import MediaKind
from wajo_studio.errors import WajoError
from wajo_studio.i18n import _


class ContentTab(QWidget):
    """The form. Every control changes the post at once."""

    refused = Signal(object)
    """A change was not possible: a :class:`WajoError`."""
    media_asked = Signal()
    """The person wants to add media."""
    pasted = Signal(object)
    """Pictures or files were pasted into a text."""

    def __init__(self, session: EditSession) -> None:
        super().__init__()
        self._session = session
        self._controls: dict[str, FieldControl] = {}
        self._template: Template | None = None
        self._form: QVBoxLayout = column(spacing=SPACE_M)
        self._template_name = ElidedLabel("", "body")
        body = column(spacing=SPACE_M, margins=(18, SPACE_M, 18, 18))
        body.addWidget(self._template_row())
        body.addWidget(self._look_row())
        body.addLayout(self._form)
        self._drop = DropButton(
            _("Drag a photo or video here, or paste (Ctrl+V)"), self.media_asked.emit
        )
        body.addWidget(self._drop)
        self._about: dict[str, Choice] = {}
        for widget in self._about_controls():
            body.addWidget(widget)
        body.addStretch(1)
        outer = column(spacing=0)
        outer.addWidget(scrolled(boxed(body, "paneBody")))
        self.setLayout(outer)
        self.refresh("open")

    def refresh(self, origin: str) -> None:
        """Show the post as it is; what the person types in at this moment is left alone."""
        post = self._session.post
        if self._template is None or self._template.id != post.template:
            self._build_form(find_template(post.template))
        pictures = self.picture_ids()
        for field_id, control in self._controls.items():
            if origin != f"fields.{field_id}":
                control.show(post.fields.get(field_id), pictures)
        self._show_look(post.fields)
        if origin != "name" and self._name.text() != post.name:
            self._name.setText(post.name)
        values = {
            "agency": post.agency,
            "pillar": post.pillar.value if post.pillar else None,
            "information_class": post.information_class.value if post.information_class else None,
        }
        for key, choice in self._about.items():
            choice.set_value(values[key])

    def focus_field(self, field_id: str, span: tuple[int, int] | None = None) -> bool:
        """Put the keyboard on a field; False when the form has no such field."""
        if field_id in self._controls:
            self._controls[field_id].focus(span)
            return True
        if field_id in self._about:
            self._about[field_id].setFocus()
            return True
        if field_id == "name":
            self._name.setFocus()
            return True
        return False

    def focus_first(self) -> None:
        """Put the keyboard on the first field."""
        first = next(iter(self._controls), "name")
        self.focus_field(first)

    def picture_ids(self) -> list[str]:
        """Ids of the post's pictures, as far as they are known yet."""
        known = self._session.prepared
        if known is None:
            return [item.id for item in self._session.post.media if item.use is None]
        infos = known.infos
        return [
            item.id
            for item in self._session.post.media
            if item.use is None and (item.id not in infos or infos[item.id].kind is MediaKind.PHOTO)
        ]

    def _template_row(self) -> QWidget:
        change = QToolButton()
        change.setObjectName("changeTemplate")
        change.setProperty("kind", "link")
        set_role(change, "body-strong")
        change.setText(_("Change"))
        change.setAccessibleName(_("Change the template"))
        change.setToolTip(_("Another template; what you wrote stays."))
        change.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        change.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        menu = QMenu(change)
        menu.aboutToShow.connect(lambda: self._fill_menu(menu))
        change.setMenu(menu)
        line = row(spacing=SPACE_S, margins=(10, 1, 4, 1))
        line.addWidget(self._template_name, 1)
        line.addWidget(change)
        holder = boxed(line, "card", frame=True)
        body = column(spacing=4)
        body.addWidget(label(_("Template"), "small-strong", "muted"))
        body.addWidget(holder)
        return boxed(body)

    def _look_row(self) -> QWidget:
        """The choice of the look: as the brand kit says, or one for this post."""
        looks = load_looks()
        usual = default_look(self._session.studio.brand)
        entries = [(None, _("As usual: {look}").format(look=usual.name))]
        self._look = Choice([*entries, *((look.id, look.name) for look in looks.values())])
        self._look.setObjectName("chooseLook")
        self._look.chosen.connect(self._choose_look)
        self._look_box = Labelled(
            _("Look"), self._look, hint=_("Colours, type and silk pattern; the layout stays.")
        )
        for index, look in enumerate(looks.values(), len(entries)):
            self._look.setItemData(index, look.description, Qt.ItemDataRole.ToolTipRole)
        return self._look_box

    def _choose_look(self, look: object) -> None:
        name = _("change of look")
        self._try(
            "look",
            lambda: self._session.change(
                "look", lambda draft: draft.set_field(name, LOOK_FIELD, look)
            ),
        )

    def _show_look(self, fields: Mapping[str, object]) -> None:
        assert self._template is not None
        taken = self._template.field(LOOK_FIELD) is not None
        self._look_box.setVisible(self._template.has_artwork and not taken)
        chosen = str(fields.get(LOOK_FIELD) or "").strip().lower()
        self._look.set_value(chosen if chosen in load_looks() else None)

    def _fill_menu(self, menu: QMenu) -> None:
        menu.clear()
        for template in list_templates():
            action = menu.addAction(template.name)
            action.setCheckable(True)
            action.setChecked(template.id == self._session.post.template)
            action.triggered.connect(lambda _on=False, id_=template.id: self._choose(id_))

    def _choose(self, template_id: str) -> None:
        name = _("change of template")
        self._try("template", lambda: self._change_value(name, "template", template_id))

    def _build_form(self, template: Template) -> None:
        self._template = template
        self._template_name.set_text(template.name)
        clear(self._form)
        pictures = self.picture_ids()
        self._controls = {}
        for spec in template.fields:
            control = FieldControl(spec, self._setter(spec.id, spec.label), pictures)
            if isinstance(control.editor, GrowingTextEdit):
                control.editor.files_pasted.connect(lambda mime: self.pasted.emit(mime))
            self._controls[spec.id] = control
            self._form.addWidget(control.widget)

    def _setter(self, field_id: str, name: str) -> Callable[[object], None]:
        def set_value(value: object) -> None:
            origin = f"fields.{field_id}"
            self._try(origin, lambda: self._session.set_field(field_id, name, value))

        return set_value

    def _about_controls(self) -> list[QWidget]:
        agencies = [(a.id, a.name) for a in load_agencies().values()]
        choices: Mapping[str, tuple[str, list[tuple[object, str]], bool]] = {
            "information_class": (
                _("Information class (UU 14/2008)"),
                [(None, _("Not chosen")), *information_classes()],
                False,
            ),
            "pillar": (_("Pillar"), [(None, _("Not chosen")), *pillars()], False),
            "agency": (_("Agency"), list(agencies), True),
        }
        made: list[QWidget] = []
        for key, (text, entries, searched) in choices.items():
            choice = Choice(entries, searched=searched)
            choice.setObjectName(f"about-{key}")
            choice.chosen.connect(self._about_setter(key, text))
            self._about[key] = choice
            made.append(Labelled(text, choice))
        self._name = LineEdit()
        self._name.setObjectName("about-name")
        self._name.textEdited.connect(self._name_edited)
        self._name.editingFinished.connect(lambda: self.refresh("left"))
        made.append(Labelled(_("Internal name"), self._name))
        return made

    def _about_setter(self, key: str, text: str) -> Callable[[object], None]:
        name = _("change to {field}").format(field=text)
        return lambda value: self._try(key, lambda: self._change_value(name, key, value))

    def _name_edited(self, text: str) -> None:
        if text.strip():
            name = _("change to {field}").format(field=_("Internal name"))
            self._try("name", lambda: self._change_value(name, "name", text))

    def _change_value(self, name: str, key: str, value: object) -> None:
        self._session.change(key, lambda draft: draft.change(name, **{key: value}))
        if key == "agency":
            self._session.remember_agency(str(value))

    def _try(self, origin: str, action: Callable[[], None]) -> None:
        try:
            action()
        except WajoError as error:
            self.refused.emit(error)
            self.refresh("refused")
