"""What publishing will cost, said before anything is sent."""

from pathlib import Path

from wajo_studio.domain.media import PhotoInfo
from wajo_studio.networks.parcel import Parcel, ParcelFile
from wajo_studio.networks.x.price import Cost, cost_of
from wajo_studio.services.planned import ArtworkSource, PhotoSource
from wajo_studio.services.prepare import Prepared

X_POST = "x.post"


def x_cost(prepared: Prepared) -> Cost | None:
    """The price of the post on X; ``None`` when it does not go there."""
    if X_POST not in prepared.specs or X_POST in prepared.plan.missing:
        return None
    texts: dict[str, str] = {
        part: fact.text for part, fact in prepared.texts.published(X_POST).items()
    }
    pictures = tuple(
        ParcelFile(Path(planned.name), "image", 0, "", alt=prepared.alt_text(planned.source))
        for planned in prepared.plan.items(X_POST)
        if isinstance(planned.source, ArtworkSource)
        or (
            isinstance(planned.source, PhotoSource)
            and isinstance(prepared.infos.get(planned.source.media_id), PhotoInfo)
        )
    )
    post = prepared.post
    options = {**post.options.get("x", {}), **post.options.get(X_POST, {})}
    parcel = Parcel(X_POST, pictures, texts, options)
    return cost_of(parcel, prepared.specs[X_POST])
