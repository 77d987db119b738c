"""Wajo Studio: from a few words, photos and clips to checked, publishable files."""


def version() -> str:
    """The program's version, ``0.0.0`` in a source tree that was never installed."""
    from importlib import metadata

    try:
        return metadata.version("wajo-studio")
    except metadata.PackageNotFoundError:
        return "0.0.0"
