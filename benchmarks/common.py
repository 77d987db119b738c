"""What all benchmarks share: medians, peak memory of a child process, a table of ratios.

Absolute times depend on the machine; every benchmark therefore measures a bare counterpart
beside ours and states a ratio.
"""

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Row:
    """One line of the table.

    Attributes:
        name: what was measured.
        ours, bare: seconds, megabytes or any one unit; ``bare`` is None without a counterpart.
        unit: of both.
        goal_ratio: highest allowed ``ours / bare``.
        goal: highest allowed value of ``ours``, in ``unit``.
    """

    name: str
    ours: float
    bare: float | None = None
    unit: str = "ms"
    goal_ratio: float | None = None
    goal: float | None = None

    @property
    def ratio(self) -> float | None:
        """How many times the bare counterpart; None without one."""
        return self.ours / self.bare if self.bare else None

    @property
    def met(self) -> bool:
        """Whether every goal that was set is reached."""
        within = self.goal is None or self.ours <= self.goal
        ratio = self.ratio
        return within and (self.goal_ratio is None or ratio is None or ratio <= self.goal_ratio)


def median_s(work: Callable[[], object], *, times: int = 9, warm_up: int = 1) -> float:
    """Median seconds of ``times`` calls of ``work`` after ``warm_up`` calls that do not count."""
    for _ in range(warm_up):
        work()
    return statistics.median(_seconds(work) for _ in range(times))


def medians_s(
    works: Sequence[Callable[[], object]], *, times: int = 9, warm_up: int = 1
) -> list[float]:
    """Like :func:`median_s` for several works, called in turn, so that all meet the same load."""
    for work in works:
        for _ in range(warm_up):
            work()
    taken = [[_seconds(work) for work in works] for _ in range(times)]
    return [statistics.median(column) for column in zip(*taken, strict=True)]


def child(command: Sequence[str]) -> tuple[float, float]:
    """Run ``command`` once.

    Returns:
        Seconds of wall time, and the peak resident memory in MB (10^6 bytes) of the largest
        process it consisted of.

    Raises:
        subprocess.CalledProcessError: it failed; its output went to standard error.
    """
    # Memory of ended children is a maximum over all so far: measure in a process of its own.
    probe = (
        "import resource, subprocess, sys, time\n"
        "start = time.perf_counter()\n"
        "status = subprocess.run(sys.argv[1:], stdout=sys.stderr).returncode\n"
        "taken = time.perf_counter() - start\n"
        "print(taken, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, status)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", probe, *command], stdout=subprocess.PIPE, text=True, check=True
    )
    seconds, peak, status = done.stdout.split()
    if int(status):
        raise subprocess.CalledProcessError(int(status), list(command))
    unit_bytes = 1 if sys.platform == "darwin" else 1024
    return float(seconds), float(peak) * unit_bytes / 1e6


def show(title: str, rows: Sequence[Row]) -> bool:
    """Print the rows as a table and return whether all goals are met."""
    print(f"\n{title}")
    print(f"{'':44}{'ours':>12}{'bare':>12}{'ratio':>8}  goal")
    for row in rows:
        bare = f"{row.bare:.1f} {row.unit}" if row.bare is not None else ""
        ratio = f"{row.ratio:.2f}" if row.ratio is not None else ""
        goals = [f"<= {row.goal:g} {row.unit}"] if row.goal is not None else []
        goals += [f"<= {row.goal_ratio:g}x"] if row.goal_ratio is not None else []
        verdict = ("met" if row.met else "MISSED") if goals else ""
        line = f"{row.name:44}{f'{row.ours:.1f} {row.unit}':>12}{bare:>12}{ratio:>8}"
        print(f"{line}  {', '.join(goals)} {verdict}".rstrip())
    return all(row.met for row in rows)


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
