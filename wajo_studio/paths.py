"""Where the program's own files and its data lie."""

import os
import sys
from pathlib import Path

APP_NAME = "WajoStudio"


def program_dir() -> Path:
    """The folder with ``assets`` and ``templates``: the checkout, the wheel, the frozen build."""
    frozen = getattr(sys, "_MEIPASS", None)
    return Path(frozen) if frozen else Path(__file__).resolve().parent.parent


def assets_dir() -> Path:
    """Specs, rules, brand, samples, locale, icons."""
    return program_dir() / "assets"


def templates_dir() -> Path:
    """The templates that come with the program."""
    return program_dir() / "templates"


def data_dir() -> Path:
    """The person's data folder: ``WAJO_HOME``, else the platform's per-user data folder."""
    home = os.environ.get("WAJO_HOME")
    if home:
        return Path(home)
    from platformdirs import user_data_path

    return user_data_path(APP_NAME, appauthor=False)


def cache_dir() -> Path:
    """Rendered results by recipe; may be deleted at any time."""
    return data_dir() / "cache"


def user_templates_dir() -> Path:
    """Templates the office added."""
    return data_dir() / "templates"


def user_brand_dir() -> Path:
    """The office's own brand kit and agency list; they replace those of the program."""
    return data_dir() / "brand"
