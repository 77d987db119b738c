"""What ffmpeg tells about its progress (``-progress``), line by line. Pure."""

from dataclasses import dataclass


@dataclass
class Progress:
    """Collects the ``key=value`` lines of one encoder run.

    Attributes:
        duration_s: planned length of the result.
        written_s: seconds of the result that are written.
        speed: seconds of the result per second of work; 0 while unknown.
        finished: whether the encoder said that it came to its end.
    """

    duration_s: float
    written_s: float = 0.0
    speed: float = 0.0
    finished: bool = False

    def feed(self, line: str) -> bool:
        """Take one line; True when a block is complete and worth reporting."""
        key, _sign, value = line.strip().partition("=")
        match key:
            case "out_time_us":
                # "N/A" until the first frame; negative while the encoder fills its delay.
                self.written_s = max(self.written_s, _number(value) / 1_000_000)
            case "speed":
                self.speed = _number(value.removesuffix("x"))
            case "progress":
                self.finished = value == "end"
                return True
        return False

    @property
    def fraction(self) -> float:
        """Share of the work that is done, 0-1."""
        if self.finished:
            return 1.0
        return min(1.0, self.written_s / self.duration_s) if self.duration_s > 0 else 0.0

    @property
    def left_s(self) -> float | None:
        """Seconds until the end at the present speed; None while unknown."""
        if self.speed <= 0:
            return None
        return max(0.0, self.duration_s - self.written_s) / self.speed


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0
