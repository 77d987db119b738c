"""From the start of the process to the first painted window, beside a bare QMainWindow."""

import os
import statistics
import sys
import tempfile

from benchmarks.common import Row, child, show

GOAL_MS, GOAL_RATIO, TIMES = 1_200, 2.0, 5

_WATCH = """
import os, sys
from PySide6.QtCore import QEvent, QObject, QTimer
class Watch(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            os._exit(0)
        return False
"""
OURS = (
    _WATCH
    + """
from ui import app as program
original = program.make_app
def make_app(arguments):
    made = original(arguments)
    made.watch = Watch()
    made.installEventFilter(made.watch)
    return made
program.make_app = make_app
program.run()
"""
)
BARE = (
    _WATCH
    + """
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication([])
watch = Watch()
app.installEventFilter(watch)
window = QMainWindow()
window.resize(1366, 768)
window.show()
app.exec()
"""
)


def main() -> int:
    """Measure in turn and return 1 when a goal is missed."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as home:
        os.environ["WAJO_HOME"] = home
        taken: list[tuple[float, float]] = []
        for _ in range(TIMES + 1):
            ours, _memory = child([sys.executable, "-c", OURS])
            bare, _memory = child([sys.executable, "-c", BARE])
            taken.append((ours, bare))
    ours, bare = (statistics.median(column) for column in zip(*taken[1:], strict=True))
    row = Row("window to first paint", ours * 1e3, bare * 1e3, goal_ratio=GOAL_RATIO, goal=GOAL_MS)
    return 0 if show("Start of the window", [row]) else 1


if __name__ == "__main__":
    sys.exit(main())
