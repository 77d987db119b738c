"""Gives the tests of ``every_adapter`` the cases of the file that takes them in."""

import pytest

pytest.register_assert_rewrite("tests.contract.publishing.every_adapter")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """One test for each of the file's ``CASES``."""
    if "case" in metafunc.fixturenames and hasattr(metafunc.module, "CASES"):
        metafunc.parametrize("case", metafunc.module.CASES, ids=str)
