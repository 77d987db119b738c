"""What every use case of publishing needs, put together once by ``bootstrap.build_desk``."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from wajo_studio.clock import Clock
from wajo_studio.domain.placement import Network
from wajo_studio.networks.origins import Origins
from wajo_studio.networks.publisher import Publisher
from wajo_studio.services.published import PublishedPictures
from wajo_studio.specs.model import PlacementSpec
from wajo_studio.store.database.engine import Database
from wajo_studio.vault.vault import Vault


@dataclass(frozen=True)
class Desk:
    """The parts of publishing.

    Attributes:
        folder: the data folder.
        publishers: the adapter of a network, made when it is asked for.
        published: where published pictures are listed, so that checks notice them again.
    """

    folder: Path
    clock: Clock
    specs: Mapping[str, PlacementSpec]
    database: Database
    vault: Vault
    origins: Origins
    publishers: Callable[[Network], Publisher]
    published: PublishedPictures

    def __enter__(self) -> "Desk":
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the database."""
        self.database.close()
