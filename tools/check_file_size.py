#!/usr/bin/env python3
"""Refuse files over 1 MB: ``check_file_size.py FILE…``."""

import sys
from pathlib import Path

LIMIT_BYTES = 1_000_000

too_big = [name for name in sys.argv[1:] if Path(name).stat().st_size > LIMIT_BYTES]
for name in too_big:
    print(f"{name} is over 1 MB")
sys.exit(1 if too_big else 0)
