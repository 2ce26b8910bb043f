"""Sealing a finished PDF, and checking a sealed one.

`verdict`, `certificates` and `apart` are cheap to import, for pages. `keys`, `seal` and `checking` bring
pyHanko with them, which takes a second: they are for the worker, commands and the checking process.
"""
