"""How much Instagram still publishes for the account; read before anything else."""

from wajo_studio.errors import RateLimitedError
from wajo_studio.networks.instagram.task import Task
from wajo_studio.networks.meta.codes import CODES
from wajo_studio.networks.meta.judging import error_of

_QUOTA = CODES[(9, 2207042)]


def used_up(task: Task, step: str) -> int:
    """How many posts count against the limit.

    Raises:
        RateLimitedError: as many as may be.
        PublishError: the network does not answer.
    """
    usage, total = read_quota(task, step)
    if usage >= total:
        error = error_of(_QUOTA, task.graph.label, detail=f"{usage} of {total} in 24 hours")
        assert isinstance(error, RateLimitedError)
        raise error
    return usage


def read_quota(task: Task, step: str) -> tuple[int, int]:
    """Posts that count, and how many may; the returned total holds, the settings' else."""
    path = f"{task.user}/content_publishing_limit"
    found = task.graph.read(step, path, {"fields": "quota_usage,config"})
    rows = found.get("data")
    row = rows[0] if isinstance(rows, list) and rows and isinstance(rows[0], dict) else {}
    config = row.get("config")
    total = config.get("quota_total") if isinstance(config, dict) else None
    return int(row.get("quota_usage") or 0), int(total or task.settings["publish_quota_default"])
