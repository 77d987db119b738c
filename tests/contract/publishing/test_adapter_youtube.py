"""What every adapter must stand, at every placement of YouTube."""

from tests.contract.publishing.cases_youtube import CASES  # noqa: F401
from tests.contract.publishing.every_adapter import *  # noqa: F403
