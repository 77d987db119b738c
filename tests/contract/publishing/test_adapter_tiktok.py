"""What every adapter must stand, at every placement of TikTok."""

from tests.contract.publishing.cases_tiktok import CASES  # noqa: F401
from tests.contract.publishing.every_adapter import *  # noqa: F403
