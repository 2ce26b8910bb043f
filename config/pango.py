"""PDF files need Pango, the one thing that no wheel brings: `python config/pango.py`.

Run before anything is installed, so it stands on Python alone. It says nothing when Pango is
there, installs it where it may, and else prints the line to type.
"""

import ctypes
import os
import shutil
import subprocess
import sys
from pathlib import Path

# What WeasyPrint loads, as Linux and macOS call it.
LIBRARIES = (
    ("libgobject-2.0.so.0", "libgobject-2.0.0.dylib"),
    ("libpango-1.0.so.0", "libpango-1.0.dylib"),
    ("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib"),
    ("libharfbuzz.so.0", "libharfbuzz.0.dylib"),
    ("libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib"),
    ("libfontconfig.so.1", "libfontconfig.1.dylib"),
)
DEBIAN = (
    "apt-get install --yes --no-install-recommends"
    " libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
)
LINES = {
    "debian": DEBIAN,
    "ubuntu": DEBIAN,
    "fedora": "dnf install pango",
    "rhel": "dnf install pango",
    "suse": "zypper install libpango-1_0-0 libharfbuzz-subset0",
    "arch": "pacman -S pango",
    "alpine": "apk add pango harfbuzz-subset fontconfig ttf-dejavu",
}
MACOS = "brew install pango"


def missing() -> list[str]:
    """The libraries that cannot be loaded."""
    return [names[0] for names in LIBRARIES if not any(_loads(name) for name in names)]


def _loads(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def line_to_type(platform: str = sys.platform, os_release: str | None = None) -> str:
    """What installs Pango on this machine, to be typed by a person."""
    if platform == "darwin":
        return MACOS
    for system in _systems(os_release):
        if system in LINES:
            return f"sudo {LINES[system]}"
    return "install the packages 'pango' and 'harfbuzz' of your system"


def _systems(os_release: str | None) -> list[str]:
    """The system's name, and the names of those it is like, nearest first."""
    if os_release is None:
        file = Path("/etc/os-release")
        os_release = file.read_text() if file.exists() else ""
    values = dict(line.split("=", 1) for line in os_release.splitlines() if "=" in line)
    names = f"{values.get('ID', '')} {values.get('ID_LIKE', '')}"
    return names.replace('"', "").split()


def command_we_may_run() -> list[list[str]]:
    """As root with apt-get, or with Homebrew; nobody's password is asked for."""
    if shutil.which("apt-get") and os.geteuid() == 0:
        return [["apt-get", "update", "--quiet=2"], [*DEBIAN.split(), "--quiet=2"]]
    if shutil.which("brew") and sys.platform == "darwin":
        return [MACOS.split()]
    return []


def main() -> None:
    if not missing():
        return
    for command in command_we_may_run():
        print("Installing Pango:", " ".join(command), flush=True)  # noqa: T201
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(command, stdin=subprocess.DEVNULL, env=environment, check=False)  # noqa: S603
    if lacking := missing():
        sys.exit(
            f"Placework makes PDF files with Pango, which is missing here ({', '.join(lacking)}). "
            f"Type this, and then the same command again:\n\n  {line_to_type()}\n"
        )


if __name__ == "__main__":
    main()
