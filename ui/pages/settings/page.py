"""The settings page: a tab for each thing that is set once."""

from collections.abc import Callable

from PySide6.QtWidgets import QTabWidget, QWidget

from ui.messages import Messages
from ui.pages.settings.accounts import AccountsSection
from ui.pages.settings.office_lists import OfficeListsSection
from ui.pages.settings.packs import PackSection
from ui.pages.settings.proposals import ProposalsSection
from ui.pages.settings.rules import RulesSection
from ui.pages.settings.you import YouSection
from ui.queue_runner import QueueRunner
from ui.theme.tokens import SPACE_L, SPACE_XL
from ui.widgets.basic import boxed, column, label, scrolled
from ui.widgets.tabs import StrongTabBar
from wajo_studio.i18n import _
from wajo_studio.services.studio import Studio


class SettingsPage(QWidget):
    """Sections side by side; each keeps what is changed at once.

    Args:
        studio: the program's parts.
        messages: says things to the person.
        runner: the window's side of publishing.
        on_rules_changed: called when the checks judge differently from now on.
    """

    def __init__(
        self,
        studio: Studio,
        messages: Messages,
        runner: QueueRunner,
        on_rules_changed: Callable[[], object],
    ) -> None:
        super().__init__()
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.setTabBar(StrongTabBar())
        self.tabs.tabBar().setExpanding(False)
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.tabBar().setAccessibleName(_("Settings"))
        outer = column(spacing=SPACE_L, margins=(SPACE_XL, SPACE_L, SPACE_XL, 0))
        outer.addWidget(label(_("Settings"), "title"))
        outer.addWidget(self.tabs, 1)
        self.setLayout(outer)
        self.you = YouSection(messages)
        self.lists = OfficeListsSection(messages, on_rules_changed)
        self.pack = PackSection(studio.clock, messages, self._on_pack_taken)
        self.proposals = ProposalsSection(messages)
        self.rules = RulesSection(studio.clock, messages, on_rules_changed)
        self.accounts = AccountsSection(runner, messages)
        self._on_rules_changed = on_rules_changed
        self.add_section(_("You"), self.you)
        self.add_section(_("Accounts"), self.accounts)
        self.add_section(_("Lists for the checklist"), self.lists)
        self.add_section(_("Rules"), self.rules)
        self.add_section(_("Rule pack"), self.pack)
        self.add_section(_("Proposals"), self.proposals)

    def add_section(self, title: str, section: QWidget) -> None:
        """Add a tab."""
        section.setMaximumWidth(860)
        body = column(margins=(0, SPACE_L, SPACE_L, SPACE_XL))
        body.addWidget(section)
        body.addStretch(1)
        self.tabs.addTab(scrolled(boxed(body)), title)

    def refresh(self) -> None:
        """Show what changed elsewhere while another page was open."""
        self.you.refresh()
        self.accounts.refresh()
        self.lists.refresh()
        self.rules.refresh()
        self.pack.refresh()
        self.proposals.refresh()

    def _on_pack_taken(self) -> None:
        self.lists.refresh()
        self.rules.refresh()
        self._on_rules_changed()
