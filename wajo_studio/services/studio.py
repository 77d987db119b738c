"""What every use case needs: the clock, the specs, the brand, the cache."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from wajo_studio.clock import Clock
from wajo_studio.domain.brand import BrandKit
from wajo_studio.paths import data_dir
from wajo_studio.services.cache import RenditionCache
from wajo_studio.services.facts_cache import FactsCache
from wajo_studio.services.media import MediaInspector
from wajo_studio.services.published import PublishedPictures, published_file
from wajo_studio.specs.model import PlacementSpec


def _published() -> PublishedPictures:
    return published_file(data_dir())


@dataclass(frozen=True)
class Studio:
    """The program's parts, built once by ``bootstrap.build``.

    Attributes:
        hardware_encoding: let a chip make clips where one passes its trial; off unless wished
            for, because x264 gives better pictures at the same size.
        published: pictures that were published before.
    """

    clock: Clock
    specs: Mapping[str, PlacementSpec]
    brand: BrandKit
    cache: RenditionCache
    inspector: MediaInspector = field(default_factory=MediaInspector)
    hardware_encoding: bool = False
    published: PublishedPictures = field(default_factory=_published)

    @property
    def seen(self) -> FactsCache:
        """What was seen in pictures and clips before."""
        return FactsCache(self.cache.folder / "seen")
