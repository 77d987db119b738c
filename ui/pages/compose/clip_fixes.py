"""Mends findings about clips: one made from photos where there is none, a long one split."""

from contextlib import suppress

from PySide6.QtWidgets import QWidget

from ui.messages import Messages
from ui.pages.compose.session import EditSession
from ui.widgets.job_dialog import JobDialog
from wajo_studio.domain.finding import Finding
from wajo_studio.domain.media import ClipInfo, MediaKind
from wajo_studio.errors import DiskError
from wajo_studio.i18n import _, ngettext
from wajo_studio.progress import JobContext
from wajo_studio.services import post_story, split_post
from wajo_studio.services.recent import put_first


class ClipFixes:
    """Fixes for the findings ``media-missing`` and ``media-duration`` of one open post.

    Args:
        session: the open post.
        messages: says things to the person.
        window: parent of the dialogs.
    """

    def __init__(self, session: EditSession, messages: Messages, window: QWidget) -> None:
        self._session, self._messages, self._window = session, messages, window

    def label_of(self, finding: Finding) -> str | None:
        """What the fix is called; None where there is none."""
        prepared = self._session.prepared
        if prepared is None:
            return None
        if finding.rule == "media-missing":
            kinds = {info.kind for info in prepared.infos.values()}
            lacking = [prepared.plan.missing.get(placement) for placement in finding.placements]
            if lacking and set(lacking) == {"clip"} and MediaKind.PHOTO in kinds:
                return _("Make a clip from the photos")
        if finding.rule == "media-duration" and split_post.can_split(prepared, finding.placements):
            return _("Split into several posts")
        return None

    def run(self, finding: Finding) -> None:
        """Mend the finding, once everything typed is on disk."""
        act = self._make_story if finding.rule == "media-missing" else self._split
        self._session.save(lambda: act(finding))

    def _make_story(self, _finding: Finding) -> None:
        session = self._session
        title = str(session.post.fields.get("judul") or "")

        def work(ctx: JobContext) -> post_story.PostStory:
            return post_story.make_post_story(session.studio, session.draft, ctx, title=title)

        def done(story: post_story.PostStory) -> None:
            step = _("clip from photos")
            session.draft.end_step()
            session.change("media", lambda draft: post_story.list_post_story(draft, step, story))
            session.draft.end_step()
            count = len(story.photos)
            text = ngettext(
                "A clip was made from {count} photo. Look at it before it is published.",
                "A clip was made from {count} photos. Look at it before it is published.",
                count,
            )
            self._messages.toast(text.format(count=count), _("Undo"), session.undo)

        dialog = JobDialog(_("Making a clip from the photos"), self._window)
        dialog.run(session.jobs, "clip", work, done, self._messages.error)

    def _split(self, finding: Finding) -> None:
        session, prepared = self._session, self._session.prepared
        if prepared is None:
            return

        def work(ctx: JobContext) -> split_post.Split:
            return split_post.split_post(session.draft, prepared, finding.placements, ctx)

        def done(split: split_post.Split) -> None:
            info = prepared.infos[split.media_id]
            assert isinstance(info, ClipInfo)
            step = _("splitting the clip")
            session.draft.end_step()
            session.change(
                "media", lambda draft: split_post.keep_first_part(draft, step, split, info)
            )
            session.draft.end_step()
            with suppress(DiskError):  # a list that cannot be written hides nothing for good
                for number, folder in reversed(list(enumerate(split.others, start=1))):
                    put_first(folder, split.name_of(number))
            self._messages.toast(
                _("Split into {count} posts. This one keeps the first part; see Home.").format(
                    count=len(split.parts)
                )
            )

        dialog = JobDialog(_("Splitting the clip"), self._window)
        dialog.run(session.jobs, "clip", work, done, self._messages.error)
