"""Wajo Studio: without arguments the window, with arguments the command line."""

import sys


def main() -> int:
    """Run the program and return its exit status."""
    if len(sys.argv) > 1:
        from wajo_studio.cli.app import run

        return run(sys.argv[1:])
    from ui.app import run as run_window

    return run_window()


if __name__ == "__main__":
    sys.exit(main())
