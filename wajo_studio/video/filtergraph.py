"""A filter graph under construction: chains, labels, inputs. Knows ffmpeg's syntax only. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class FilterGraph:
    """Filter chains with labels, and the files they need as further inputs.

    Attributes:
        inputs_before: how many inputs stand before those that are asked for here.
        inputs: options and path of each further input, in order.
    """

    inputs_before: int
    chains: list[str] = field(default_factory=list)
    inputs: list[tuple[list[str], Path]] = field(default_factory=list)
    _labels: int = 0

    def label(self) -> str:
        """A new label."""
        self._labels += 1
        return f"[s{self._labels}]"

    def chain(self, inputs: str, filters: Sequence[str], outputs: str | None = None) -> str:
        """Add a chain; returns its output labels."""
        outputs = outputs or self.label()
        self.chains.append(f"{inputs}{','.join(filters) or 'null'}{outputs}")
        return outputs

    def split(self, label: str, count: int, kind: str = "split") -> list[str]:
        """Hand one stream to several takers."""
        if count == 1:
            return [label]
        labels = [self.label() for _ in range(count)]
        self.chain(label, [f"{kind}={count}"], "".join(labels))
        return labels

    def input(self, path: Path, *options: str) -> int:
        """Use the local file ``path`` as a further input; returns its number."""
        self.inputs.append(([*options, "-protocol_whitelist", "file"], path))
        return self.inputs_before + len(self.inputs) - 1

    def __str__(self) -> str:
        return ";".join(self.chains)
