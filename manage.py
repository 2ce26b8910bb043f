#!/usr/bin/env python
"""Placework's command line. Without DATABASE_URL it uses the embedded servers."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from config.command_line import run  # noqa: PLC0415 settings first

    run(sys.argv)


if __name__ == "__main__":
    main()
