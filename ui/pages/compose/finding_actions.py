"""What can be done about a finding: the one button, and the menu beside it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QWidget

from ui.messages import Messages
from ui.pages.compose.clip_fixes import ClipFixes
from ui.pages.compose.session import EditSession
from ui.pages.compose.signing import ProposalDialog, StatementDialog, WaiverDialog
from wajo_studio.compliance.outcome import Statement
from wajo_studio.domain.finding import Finding, Severity
from wajo_studio.errors import WajoError
from wajo_studio.i18n import _
from wajo_studio.services import attest
from wajo_studio.services.blurring import (
    Areas,
    blur,
    blur_areas,
    can_blur,
    rims,
    visible_faces,
)
from wajo_studio.services.found_words import can_replace, found_words, replace_words
from wajo_studio.services.proposals import propose
from wajo_studio.services.reviewed import Reviewed

_ABOUT_FACES = frozenset({"face-consent-attest", "child-consent-attest"})


@dataclass(frozen=True)
class Action:
    """A label and what it does."""

    text: str
    run: Callable[[], object]


class FindingActions:
    """Fixes, exceptions, waivers and proposals for the findings of one open post.

    Args:
        session: the open post.
        messages: says things to the person.
        go_to: leads to what a finding is about.
        window: parent of the dialogs.
        on_read: called when a warning was marked as read, or the mark was taken back.
    """

    def __init__(
        self,
        session: EditSession,
        messages: Messages,
        go_to: Callable[[Finding], object],
        window: QWidget,
        on_read: Callable[[], object],
    ) -> None:
        self._session, self._messages = session, messages
        self._go_to, self._window, self._on_read = go_to, window, on_read
        self._reviewed = Reviewed(session.draft.root)
        self._clips = ClipFixes(session, messages, window)

    def is_read(self, finding: Finding) -> bool:
        """Whether a person has read this warning and left it."""
        return finding.severity is Severity.WARN and finding in self._reviewed

    def fix(self, finding: Finding) -> Action | None:
        """The one button: mends the finding, or leads to where it can be mended."""
        prepared = self._session.prepared
        if prepared is not None and can_replace(prepared, finding):
            text = _("Replace with “{words}”").format(words=_short(finding.replacement or ""))
            return Action(text, lambda: self._replace(finding))
        if prepared is not None and finding.fix and can_blur(prepared, finding):
            return Action(finding.fix, lambda: self._blur(finding))
        clip_fix = self._clips.label_of(finding)
        if clip_fix is not None:
            return Action(clip_fix, lambda: self._clips.run(finding))
        if finding.fix:
            return Action(finding.fix, lambda: self._go_to(finding))
        return None

    def more(self, finding: Finding) -> list[Action]:
        """The menu beside the button."""
        actions = []
        words = self._words(finding)
        if finding.rule == "platform-text-limit" and finding.placements == ("x.post",):
            actions.append(Action(_("Make a thread of it"), self._make_thread))
        if finding.severity is Severity.WARN:
            read = self.is_read(finding)
            text = _("Show again") if read else _("I have checked this")
            actions.append(Action(text, lambda: self._mark(finding, read=not read)))
        if attest.can_except(finding, words):
            actions.append(
                Action(_("No problem in this post"), lambda: self._except(finding, words))
            )
            actions.append(
                Action(_("Propose to Diskominfotik…"), lambda: self._propose(finding, words))
            )
        if finding.severity is Severity.BLOCK:
            actions.append(Action(_("Publish all the same…"), lambda: self._waive(finding)))
        if finding.rule in self._session.post.waivers:
            actions.append(Action(_("Withdraw the waiver"), lambda: self._unwaive(finding)))
        return actions

    def for_statement(self, statement: Statement) -> list[Action]:
        """What a statement about people offers instead of consent: blurring their faces."""
        prepared, composition = self._session.prepared, self._session.composition
        if statement.rule not in _ABOUT_FACES or prepared is None or composition is None:
            return []
        faces = visible_faces(prepared, composition.looks)
        actions = [
            Action(
                _("{media}: face {number} from the left").format(media=media_id, number=number),
                partial(self._blur_areas, {media_id: rims([face])}),
            )
            for media_id, found in faces.items()
            for number, face in enumerate(found, start=1)
        ]
        if len(actions) > 1:
            everyone = {media_id: rims(found) for media_id, found in faces.items()}
            actions.append(Action(_("All faces"), partial(self._blur_areas, everyone)))
        return actions

    def sign(self, statement: Statement) -> None:
        """Ask who confirms a statement and for its evidence."""
        dialog = StatementDialog(statement, self._session.signer, self._window)
        if dialog.exec() and (prepared := self._session.prepared) is not None:
            session, signer, file = self._session, dialog.signer, dialog.evidence

            def change() -> None:
                kept = attest.keep_evidence(session.draft, file) if file else None
                session.change(
                    "attestations",
                    lambda draft: attest.confirm(
                        session.studio,
                        draft,
                        prepared,
                        _("statement “{title}”").format(title=statement.title),
                        statement.rule,
                        signer,
                        kept,
                    ),
                )

            session.remember(signer)
            self._safely(change)

    def _blur(self, finding: Finding) -> None:
        step = _("blurring an area")
        self._safely(
            lambda: self._session.change("media", lambda draft: blur(draft, step, finding))
        )

    def _blur_areas(self, areas: Areas) -> None:
        step = _("blurring faces")
        self._safely(
            lambda: self._session.change("media", lambda draft: blur_areas(draft, step, areas))
        )

    def _words(self, finding: Finding) -> str:
        prepared = self._session.prepared
        return found_words(prepared, finding) if prepared is not None else ""

    def _replace(self, finding: Finding) -> None:
        prepared = self._session.prepared
        if prepared is None:
            return
        step = _("better wording")
        self._safely(
            lambda: self._session.change(
                "fix", lambda draft: replace_words(draft, prepared, step, finding)
            )
        )

    def _make_thread(self) -> None:
        self._safely(lambda: self._session.set_option("x", "thread", _("thread"), True))

    def _mark(self, finding: Finding, *, read: bool) -> None:
        self._safely(lambda: self._reviewed.mark(finding, read=read))
        self._on_read()

    def _except(self, finding: Finding, words: str) -> None:
        step = _("no problem: “{words}”").format(words=_short(words))
        self._safely(
            lambda: self._session.change(
                "exceptions", lambda draft: attest.except_words(draft, step, finding.rule, words)
            )
        )
        self._messages.toast(
            _("In this post “{words}” is no problem.").format(words=_short(words)),
            _("Undo"),
            self._session.undo,
        )

    def _propose(self, finding: Finding, words: str) -> None:
        dialog = ProposalDialog(finding, words, self._session.signer, self._window)
        if not dialog.exec():
            return
        session, signer = self._session, dialog.signer
        session.remember(signer)
        now, agency = session.studio.clock.now(), session.post.agency
        self._safely(
            lambda: propose(
                now, signer.name, agency, finding.rule, finding.message, words, dialog.note
            )
        )
        self._messages.toast(_("The proposal is on the list under Settings."))

    def _waive(self, finding: Finding) -> None:
        dialog = WaiverDialog(finding, self._session.signer, self._window)
        if not dialog.exec():
            return
        session, signer, reason = self._session, dialog.signer, dialog.reason
        session.remember(signer)
        step = _("waiver")
        self._safely(
            lambda: session.change(
                "waivers",
                lambda draft: attest.waive(session.studio, draft, step, finding, signer, reason),
            )
        )

    def _unwaive(self, finding: Finding) -> None:
        self._session.change(
            "waivers",
            lambda draft: attest.withdraw_waiver(draft, _("waiver"), finding.rule),
        )

    def _safely(self, action: Callable[[], object]) -> None:
        try:
            action()
        except WajoError as error:
            self._messages.error(error)
        self._session.draft.end_step()


def _short(words: str) -> str:
    return words if len(words) <= 24 else words[:23].rstrip() + "…"
