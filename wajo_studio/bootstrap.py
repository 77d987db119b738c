"""Composition root: the one place where the program's parts are put together."""

from wajo_studio import atomic
from wajo_studio.clock import Clock, SystemClock
from wajo_studio.services.studio import Studio


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
