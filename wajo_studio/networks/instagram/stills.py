"""Stills on a public address: on the office's media host, or (experimental) as a Page photo.

Source: instagram.md 4.1, options A and B.
"""

import contextlib
from datetime import timedelta

from wajo_studio.errors import NotAllowedError, RejectedError, WajoError
from wajo_studio.i18n import N_
from wajo_studio.networks.http import Part
from wajo_studio.networks.instagram.task import Task
from wajo_studio.networks.media_host import place
from wajo_studio.networks.parcel import ParcelFile
from wajo_studio.networks.publisher import Step
from wajo_studio.networks.wire import Kind

_NO_PAGE = N_(
    "The account has no linked Page. Your post is safe; connect the account again and choose the "
    "Page from the list."
)
_NO_ADDRESS = N_(
    "Facebook gave no address for the picture. Your post is safe; set up a media host under "
    "Settings > Accounts."
)


def sweep(task: Task) -> Step | None:
    """Remove what earlier posts left on the media host; ``None``: nothing to do.

    A container, and with it the need for its still, lives no longer than the age.
    """
    age = timedelta(seconds=float(task.settings["container_lifetime_s"]))
    if "swept" in task.session or not place.sweep(task.graph.wire, task.account.id, age):
        return None
    return task.keep(swept=True)


def next_still(task: Task) -> Step | None:
    """Put the next still where it can be fetched; ``None`` when all are there.

    Those whose container exists already were fetched, and need not be there any more.
    """
    hosted = task.session.get("hosted", {})
    for number, still in enumerate(task.stills):
        if str(number) in hosted or _is_fetched(task, number):
            continue
        if task.graph.wire.credentials().media_host is None:
            if task.settings["still_via_page_photo"]:
                return _as_page_photo(task, number, still)
            place.host_of(task.graph.wire)  # says what is missing
        names = task.session.get("names", {})
        if str(number) not in names:  # kept before it is used: a crash leaves no second copy
            return task.keep(names={**names, str(number): place.new_name(still)})
        name = names[str(number)]
        url = place.put(task.graph.wire, task.account.id, f"host {number + 1}", name, still)
        return task.keep(hosted={**hosted, str(number): {"name": name, "url": url}})
    return None


def _is_fetched(task: Task, number: int) -> bool:
    return "container" in task.session or number < len(task.session.get("items", []))


def address_of(task: Task, number: int) -> str:
    """The public address of a still."""
    return str(task.session["hosted"][str(number)]["url"])


def take_away(task: Task) -> Step | None:
    """Remove one still that was fetched; ``None`` when none is left.

    What cannot be removed stands in the list of leftovers; it must not hold up the post.
    """
    hosted = dict(task.session.get("hosted", {}))
    if not hosted:
        return None
    number, entry = next(iter(hosted.items()))
    del hosted[number]
    try:
        _remove(task, number, entry)
    except WajoError:
        return task.forget("hosted", "page_photos", "names")
    photos = {key: value for key, value in _page_photos(task).items() if key != number}
    names = {key: value for key, value in task.session.get("names", {}).items() if key != number}
    return task.keep(hosted=hosted, page_photos=photos, names=names)


def take_all_away(task: Task) -> None:
    """Remove every still of a post that was refused."""
    with contextlib.suppress(WajoError):
        for number, entry in task.session.get("hosted", {}).items():
            _remove(task, number, entry)


def _remove(task: Task, number: str, entry: dict[str, str]) -> None:
    step = f"unhost {int(number) + 1}"
    if "photo" in entry:
        task.graph.write(step, Kind.REPEATABLE, entry["photo"], {}, method="DELETE")
    else:
        place.remove(task.graph.wire, task.account.id, step, entry["name"])


def _page_photos(task: Task) -> dict[str, str]:
    return dict(task.session.get("page_photos", {}))


def _as_page_photo(task: Task, number: int, still: ParcelFile) -> Step:
    """Undocumented, off by default: an unpublished photo of the Page has a public address."""
    if task.account.page_id is None:
        raise NotAllowedError(_NO_PAGE)
    photos = _page_photos(task)
    photo = photos.get(str(number))
    if photo is None:

        def parts() -> tuple[Part, ...]:
            content = task.graph.wire.slice(still.path, 0, still.size_bytes).whole()
            return (Part("source", still.path.name, content, still.media_type),)

        form = {"published": "false", "temporary": "true"}
        path = f"{task.account.page_id}/photos"
        step = f"host {number + 1}"
        answer = task.graph.write(step, Kind.REPEATABLE, path, form, parts=parts, needed=("id",))
        return task.keep(page_photos={**photos, str(number): str(answer["id"])})
    found = task.graph.read("photo address", photo, {"fields": "images"})
    images = [row for row in found.get("images") or [] if isinstance(row, dict)]
    widest = max(images, key=lambda row: int(row.get("width") or 0), default=None)
    if widest is None or not task.graph.wire.origins.accepts(str(widest.get("source"))):
        raise RejectedError(_NO_ADDRESS)
    hosted = {
        **task.session.get("hosted", {}),
        str(number): {"photo": photo, "url": widest["source"]},
    }
    return task.keep(hosted=hosted)
