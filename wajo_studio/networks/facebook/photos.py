"""Photos, uploaded unpublished: nobody sees them until a post or story takes them."""

from wajo_studio.networks.facebook.task import Task
from wajo_studio.networks.http import Part
from wajo_studio.networks.publisher import Step
from wajo_studio.networks.wire import Kind


def next_photo(task: Task) -> Step | None:
    """Upload the next picture; ``None`` when all are there."""
    done: list[str] = task.session.get("photos", [])
    pictures = task.parcel.pictures
    if len(done) >= len(pictures):
        return None
    picture = pictures[len(done)]
    form = {"published": "false"}
    if picture.alt:
        form["alt_text_custom"] = picture.alt
    if task.at and task.settings["temporary_scheduled_photo"]:
        form["temporary"] = "true"

    def parts() -> tuple[Part, ...]:
        content = task.graph.wire.slice(picture.path, 0, picture.size_bytes).whole()
        return (Part("source", picture.path.name, content, picture.media_type),)

    number = len(done) + 1
    answer = task.graph.write(
        f"photo {number}",
        Kind.REPEATABLE,
        f"{task.page}/photos",
        form,
        parts=parts,
        needed=("id",),
    )
    task.graph.wire.report(0.9 * number / len(pictures))
    return task.keep(photos=[*done, str(answer["id"])])
