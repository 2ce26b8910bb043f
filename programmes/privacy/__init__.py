"""What this room holds about people."""

from programmes.privacy import applications, calls, panels, programmes

__all__ = ["applications", "calls", "panels", "programmes"]
