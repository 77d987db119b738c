"""What every adapter must stand, at every placement of Facebook."""

from tests.contract.publishing.cases_facebook import CASES  # noqa: F401
from tests.contract.publishing.every_adapter import *  # noqa: F403
