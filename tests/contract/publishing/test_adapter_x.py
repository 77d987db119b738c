"""What every adapter must stand, at every placement of X."""

from tests.contract.publishing.cases_x import CASES  # noqa: F401
from tests.contract.publishing.every_adapter import *  # noqa: F403
