"""What every adapter must stand, at every placement of Instagram."""

from tests.contract.publishing.cases_instagram import CASES  # noqa: F401
from tests.contract.publishing.every_adapter import *  # noqa: F403
