"""Photo stories: one picture, uploaded unpublished, then made a story."""

from wajo_studio.networks.facebook.photos import next_photo
from wajo_studio.networks.facebook.task import Task
from wajo_studio.networks.publisher import Step
from wajo_studio.networks.wire import Kind


def next_step(task: Task) -> Step:
    """The next step of a photo story."""
    step = next_photo(task) or task.about_to_publish()
    if step is not None:
        return step
    form = {"photo_id": task.session["photos"][0]}
    answer = task.graph.write(
        "publish", Kind.PUBLISH, f"{task.page}/photo_stories", form, needed=("success",)
    )
    return task.keep(standing="published", remote_id=str(answer.get("post_id") or form["photo_id"]))
