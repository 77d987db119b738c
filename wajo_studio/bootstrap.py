"""Composition root: the one place where the program's parts are put together."""

from typing import TYPE_CHECKING

from wajo_studio import atomic
from wajo_studio.clock import Clock, SystemClock
from wajo_studio.services.studio import Studio

if TYPE_CHECKING:
    from wajo_studio.services.publishing.desk import Desk


def build(clock: Clock | None = None) -> Studio:
    """Put the program together; what killed runs left behind is removed.

    Args:
        clock: the source of time; the PC's clock unless given.

    Raises:
        InputError: the office's own specs or brand kit are broken.
    """
    from wajo_studio.artwork.brand import load_brand_kit
    from wajo_studio.paths import cache_dir, data_dir
    from wajo_studio.services.cache import RenditionCache
    from wajo_studio.specs.loader import load_specs

    atomic.keep_journal(data_dir() / "unfinished")
    return Studio(
        clock=clock or SystemClock(),
        specs=load_specs(),
        brand=load_brand_kit(),
        cache=RenditionCache(cache_dir()),
    )


def build_desk(clock: Clock | None = None) -> "Desk":
    """Put the parts of publishing together and open the database; close the desk after use.

    Args:
        clock: the source of time; the PC's clock unless given.

    Raises:
        InputError: the office's own specs, or the file of WAJO_ENDPOINTS, are broken.
        StoreError: the database is damaged, or of a newer program.
        DiskError: the data folder cannot be written.
    """
    from wajo_studio.networks.origins import load_origins
    from wajo_studio.networks.registry import publisher_for
    from wajo_studio.paths import data_dir
    from wajo_studio.services.published import published_file
    from wajo_studio.services.publishing.desk import Desk
    from wajo_studio.specs.loader import load_specs
    from wajo_studio.store.database.migrate import open_database
    from wajo_studio.vault.vault import Vault

    used = clock or SystemClock()
    specs, origins, folder = load_specs(), load_origins(), data_dir()
    return Desk(
        folder=folder,
        clock=used,
        specs=specs,
        database=open_database(folder, used.now()),
        vault=Vault(folder),
        origins=origins,
        publishers=lambda network: publisher_for(network, specs, origins),
        published=published_file(folder),
    )
