"""The dialog "Identitas visual": everything the brand kit holds, kept at once when changed."""

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QVBoxLayout, QWidget

from ui.messages import Messages
from ui.pages.identity.palette_box import PaletteBox
from ui.theme.tokens import SPACE_L, SPACE_M, SPACE_S, SPACE_XL
from ui.widgets.basic import boxed, button, clear, column, label, row, scrolled
from ui.widgets.choice import Choice
from ui.widgets.labelled import Labelled
from ui.widgets.text_edit import LineEdit
from ui.words import NETWORKS
from wajo_studio.artwork.contrast import repaired
from wajo_studio.artwork.fonts import PRIMARY_FAMILY
from wajo_studio.artwork.logo_check import CheckedLogo
from wajo_studio.artwork.looks import load_looks
from wajo_studio.errors import WajoError
from wajo_studio.i18n import N_, _
from wajo_studio.services import brand_kit
from wajo_studio.services.brand_kit import GOVERNMENT, SUFFIX, Identity

_LOGO_FILES = N_("Logos (*.svg *.png *.jpg *.jpeg *.webp)")
_FONT_FILES = N_("Fonts (*.ttf *.otf)")
_BRAND_FILES = N_("Visual identity (*.wajobrand)")


class IdentityDialog(QDialog):
    """Shows and changes the visual identity.

    Args:
        messages: says things to the person.
        today: becomes the version of a change.
        agency: id of the agency that is shown first.
    """

    changed = Signal()
    """Something looks different now."""

    def __init__(
        self, messages: Messages, today: date, agency: str, parent: QWidget | None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Visual identity"))
        self.resize(620, 680)
        self._messages, self._today = messages, today
        self.version = label("", "small", "muted")
        self.palette_box = PaletteBox(self._set_colour, self._repair)
        self._logos: QVBoxLayout = column(spacing=SPACE_S)
        self._fonts: QVBoxLayout = column(spacing=SPACE_S)
        self.remarks = label("", "small", "warn", wrap=True)
        self.remarks.setObjectName("logoRemarks")
        self.remarks.hide()
        found = brand_kit.identity()
        names = [(one.id, one.name) for one in found.agencies.values()]
        self.agency = Choice(names, searched=True)
        self.agency.setObjectName("identityAgency")
        self.agency.set_value(agency if agency in found.agencies else names[0][0])
        self.agency.chosen.connect(lambda _agency: self.refresh())
        self._lines: dict[str, LineEdit] = {}
        self.look = Choice([(look.id, look.name) for look in load_looks().values()])
        self.look.chosen.connect(lambda look: self._change(look=look))
        self.family = Choice([(PRIMARY_FAMILY, PRIMARY_FAMILY)])
        self.family.chosen.connect(lambda family: self._change(font_family=family))
        body = column(spacing=SPACE_L, margins=(SPACE_XL, SPACE_L, SPACE_XL, SPACE_L))
        for widget in self._sections():
            body.addWidget(widget)
        body.addStretch(1)
        outer = column(spacing=0)
        outer.addWidget(scrolled(boxed(body)), 1)
        outer.addWidget(self._foot())
        self.setLayout(outer)
        self.refresh()

    def refresh(self) -> None:
        """Show what is in force."""
        found = brand_kit.identity()
        kit = found.kit
        text = _("Version {version}") if found.is_own else _("Version {version}, as shipped")
        self.version.setText(text.format(version=kit.version))
        self.palette_box.show_palette(kit.palette, found.weak)
        self._show_logos(found)
        families = dict.fromkeys((PRIMARY_FAMILY, *(font.family for font in found.fonts)))
        self.family.set_entries([(name, name) for name in families])
        self.family.set_value(kit.font_family)
        clear(self._fonts)
        for font in found.fonts:
            words = f"{font.family}: {font.licence or _('no licence in the file')}"
            self._fonts.addWidget(label(words, "small", "muted", wrap=True))
        self.look.set_value(kit.look)
        agency = found.agencies[str(self.agency.value())]
        values = {
            "government": kit.government,
            "footer": kit.footer,
            "required_hashtags": " ".join(f"#{tag.lstrip('#')}" for tag in kit.required_hashtags),
            "website": agency.website,
            "hotline": agency.hotline,
            **{f"handle-{network}": agency.handles.get(network, "") for network in NETWORKS},
        }
        for key, line in self._lines.items():
            line.setText(values[key])

    def take_logo(self, file: Path, owner: str) -> None:
        """Take a logo file and say what is not as good as it could be about it."""

        def take() -> None:
            self._say_remarks(brand_kit.set_logo(self._today, file, owner))

        self._try(take)

    def take_font(self, file: Path) -> None:
        """Take a font file and set the texts in it."""

        def take() -> None:
            font = brand_kit.add_font(self._today, file)
            brand_kit.change_kit(self._today, font_family=font.family)
            if font.is_restricted:
                text = _("The owner of {family} allows no embedding without leave; ask first.")
                self._messages.toast(text.format(family=font.family))

        self._try(take)

    def take_identity(self, file: Path) -> None:
        """Take over a whole identity."""

        def take() -> None:
            kit = brand_kit.import_identity(file)
            text = _("Identity {version} is in force now.")
            self._messages.toast(text.format(version=kit.version))

        self._try(take)

    def _sections(self) -> list[QWidget]:
        head = column(spacing=SPACE_S)
        head.addWidget(label(_("Visual identity"), "title"))
        head.addWidget(self.version)
        return [
            boxed(head),
            self._section(
                _("Colours"), self.palette_box, Labelled(_("Look of new posts"), self.look)
            ),
            self._section(_("Logos"), boxed(self._logos), self.remarks),
            self._section(
                _("Texts"),
                self._line("government", _("Government")),
                self._line("footer", _("Website where an agency has none")),
                self._line("required_hashtags", _("Hashtags of every post")),
                Labelled(_("Font"), self.family),
                boxed(self._fonts),
                self._left(_("Add font…"), self._choose_font),
            ),
            self._section(
                _("Agency"),
                Labelled(_("Agency"), self.agency),
                self._line("website", _("Website")),
                self._line("hotline", _("Hotline")),
                *(
                    self._line(f"handle-{key}", _("Account on {network}").format(network=name))
                    for key, name in NETWORKS.items()
                ),
            ),
        ]

    def _section(self, title: str, *widgets: QWidget) -> QWidget:
        body = column(spacing=SPACE_M)
        body.addWidget(label(title, "head"))
        for widget in widgets:
            body.addWidget(widget)
        return boxed(body)

    def _line(self, key: str, text: str) -> QWidget:
        line = LineEdit()
        line.setObjectName(f"identity-{key}")
        line.editingFinished.connect(lambda: self._line_edited(key, line.text().strip()))
        self._lines[key] = line
        return Labelled(text, line)

    def _left(self, text: str, action: Callable[[], object]) -> QWidget:
        line = row()
        line.addWidget(button(text, action, kind="small"))
        line.addStretch(1)
        return boxed(line)

    def _foot(self) -> QWidget:
        line = row(spacing=SPACE_S, margins=(SPACE_XL, SPACE_M, SPACE_XL, SPACE_M))
        take = button(_("Import…"), self._choose_identity)
        take.setToolTip(_("Take over a .wajobrand file of Diskominfotik"))
        give = button(_("Export…"), self._export)
        give.setToolTip(_("Write everything as one .wajobrand file for other agencies"))
        line.addWidget(take)
        line.addWidget(give)
        line.addStretch(1)
        line.addWidget(button(_("Close"), self.accept, kind="primary"))
        return boxed(line, "topBar")

    def _show_logos(self, found: Identity) -> None:
        clear(self._logos)
        agency = found.agencies[str(self.agency.value())]
        for owner, name in ((GOVERNMENT, found.kit.government), (agency.id, agency.name)):
            line = row(spacing=SPACE_S)
            words = column(spacing=1)
            words.addWidget(label(name, "body-strong", wrap=True))
            file = found.logos.get(owner)
            text = file.name if file else _("No logo yet; a drawn monogram stands in.")
            words.addWidget(label(text, "small", "muted"))
            line.addLayout(words, 1)
            take = button(_("Choose file…"), partial(self._choose_logo, owner), kind="small")
            take.setObjectName(f"logo-{owner}")
            take.setAccessibleDescription(name)
            line.addWidget(take)
            if file:
                drop = button(_("Remove"), partial(self._remove_logo, owner), kind="small")
                drop.setAccessibleDescription(name)
                line.addWidget(drop)
            self._logos.addWidget(boxed(line))

    def _say_remarks(self, logo: CheckedLogo) -> None:
        told = [
            _(r.message).format(**{k: _(v) if k == "tone" else v for k, v in r.params.items()})
            for r in logo.remarks
        ]
        self.remarks.setText("\n".join(f"• {text}" for text in told))
        self.remarks.setVisible(bool(told))

    def _line_edited(self, key: str, text: str) -> None:
        agency_id = str(self.agency.value())
        if key.startswith("handle-"):
            network = key.removeprefix("handle-")
            handles = dict(brand_kit.identity().agencies[agency_id].handles)
            if handles.get(network, "") == text.lstrip("@"):
                return
            handles[network] = text.lstrip("@")
            kept = {name: handle for name, handle in handles.items() if handle}
            self._try(lambda: brand_kit.change_agency(self._today, agency_id, handles=kept))
        elif key in ("website", "hotline"):
            if getattr(brand_kit.identity().agencies[agency_id], key) != text:
                self._try(lambda: brand_kit.change_agency(self._today, agency_id, **{key: text}))
        else:
            value: Any = text
            if key == "required_hashtags":
                value = [tag.lstrip("#") for tag in text.replace(",", " ").split()]
            old = getattr(brand_kit.identity().kit, key)
            if (list(old) if isinstance(old, tuple) else old) != value:
                self._change(**{key: value})

    def _set_colour(self, role: str, colour: str) -> None:
        palette = brand_kit.identity().kit.palette.model_copy(update={role: colour})
        self._change(palette=palette)

    def _repair(self) -> None:
        self._change(palette=repaired(brand_kit.identity().kit.palette))

    def _change(self, **values: Any) -> None:
        self._try(lambda: brand_kit.change_kit(self._today, **values))

    def _remove_logo(self, owner: str) -> None:
        self._try(lambda: brand_kit.remove_logo(self._today, owner))

    def _try(self, action: Callable[[], object]) -> None:
        try:
            action()
        except WajoError as error:
            self._messages.error(error)
        else:
            self.changed.emit()
        self.refresh()

    def _choose_logo(self, owner: str) -> None:
        if file := self._ask(_("Choose a logo"), _(_LOGO_FILES)):
            self.take_logo(file, owner)

    def _choose_font(self) -> None:
        if file := self._ask(_("Choose a font"), _(_FONT_FILES)):
            self.take_font(file)

    def _choose_identity(self) -> None:
        if file := self._ask(_("Import a visual identity"), _(_BRAND_FILES)):
            self.take_identity(file)

    def _ask(self, title: str, files: str) -> Path | None:
        name, _filter = QFileDialog.getOpenFileName(self, title, str(Path.home()), files)
        return Path(name) if name else None

    def _export(self) -> None:
        suggested = Path.home() / f"identitas-{brand_kit.identity().kit.version}{SUFFIX}"
        name, _filter = QFileDialog.getSaveFileName(
            self, _("Export the visual identity"), str(suggested), _(_BRAND_FILES)
        )
        if name:
            self.export_to(Path(name).with_suffix(SUFFIX))

    def export_to(self, target: Path) -> None:
        """Write everything as one file."""
        try:
            brand_kit.export_identity(target, overwrite=True)
            self._messages.toast(_("Written: {path}").format(path=target))
        except WajoError as error:
            self._messages.error(error)
