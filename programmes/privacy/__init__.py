"""What this room holds about people."""

from programmes.privacy import applications, calls, mou, panels, programmes

__all__ = ["applications", "calls", "mou", "panels", "programmes"]
