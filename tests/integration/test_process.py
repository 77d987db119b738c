"""Child processes start in the environment the program was given."""

import ctypes
import os
import sys

import pytest

from wajo_studio.process import start, stop


@pytest.mark.skipif(sys.platform == "win32", reason="sets the environment by the C library")
def test_what_a_library_puts_into_the_environment_reaches_no_child() -> None:
    libc = ctypes.CDLL(None)
    libc.setenv(b"WAJO_FROM_A_LIBRARY", b"1", 1)
    script = "import os; print(os.environ.get('WAJO_FROM_A_LIBRARY'), os.environ['WAJO_HOME'])"
    try:
        child = start([sys.executable, "-c", script])
        out, _err = child.communicate(timeout=30)
        stop(child)
    finally:
        libc.unsetenv(b"WAJO_FROM_A_LIBRARY")
    assert out.split() == ["None", os.environ["WAJO_HOME"]]
