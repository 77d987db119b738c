"""What comes after publishing: the first comment and the link. What fails becomes a remark."""

from wajo_studio.errors import OutcomeUnknownError, PublishError
from wajo_studio.i18n import N_
from wajo_studio.networks.instagram.find import media_in_list
from wajo_studio.networks.instagram.stills import take_away
from wajo_studio.networks.instagram.task import Task
from wajo_studio.networks.publisher import Done, Step
from wajo_studio.networks.wire import Kind

_NO_COMMENT = N_("The first comment could not be written ({reason}). Write it by hand.")
_NO_COMMENTS_HERE = N_("The first comment was left out: stories take none.")
_NO_COVER = N_(
    "The cover was left out: Instagram fetches it from a media host, and this account has none."
)
_NO_LINK = N_("It is published, but Instagram does not tell its link. Open the account to see it.")


def next_step(task: Task) -> Step | Done:
    """The next thing to do with a published post; what is done stands in ``after``."""
    done: list[str] = task.session.get("after", [])
    if "media" not in task.session and "looked" not in done:
        media = media_in_list(task)
        return task.keep(after=[*done, "looked"], **({"media": media} if media else {}))
    if "comment" not in done and task.parcel.options.get("first_comment"):
        return _comment(task, [*done, "comment"])
    return take_away(task) or _done(task)


def _comment(task: Task, after: list[str]) -> Step:
    media = task.session.get("media")
    if task.parcel.surface == "story" or media is None:
        text = _NO_COMMENTS_HERE if task.parcel.surface == "story" else _NO_COMMENT
        return task.keep(after=after, remarks=task.remark(text, reason="no id"))
    form = {"message": str(task.parcel.options["first_comment"])}
    try:
        task.graph.write("comment", Kind.EXTRA, f"{media}/comments", form, needed=("id",))
    except (PublishError, OutcomeUnknownError) as error:
        return task.keep(after=after, remarks=task.remark(_NO_COMMENT, reason=error.code))
    return task.keep(after=after)


def _done(task: Task) -> Done:
    media = task.session.get("media")
    link = None
    if media is not None:
        fields = {
            "fields": "id,permalink,shortcode,timestamp,media_type,media_product_type,caption"
        }
        try:
            link = task.graph.read("permalink", media, fields, first="user").get("permalink")
        except PublishError:
            link = None
    remarks = list(task.session.get("remarks", [])) if link else task.remark(_NO_LINK)
    if task.parcel.surface == "reel" and task.parcel.cover is not None and not task.stills:
        remarks = [*remarks, *Task(task.account, task.parcel, {}, task.graph).remark(_NO_COVER)]
    return Done(media or task.session.get("container"), link, tuple(remarks))
