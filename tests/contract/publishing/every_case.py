"""The cases of every network."""

import importlib
import pkgutil

import tests.contract.publishing as here
from tests.contract.publishing.suite import Case


def every_case() -> list[Case]:
    """What the files ``cases_<network>.py`` hold, network by network."""
    found: list[Case] = []
    for module in pkgutil.iter_modules(here.__path__):
        if module.name.startswith("cases_"):
            found += importlib.import_module(f"{here.__name__}.{module.name}").CASES
    return found
