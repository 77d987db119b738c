"""Wajo Studio: from a few words, photos and clips to checked, publishable files."""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("wajo-studio")
except PackageNotFoundError:  # a source tree that was never installed
    __version__ = "0.0.0"
