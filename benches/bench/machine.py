"""What a measurement was taken on. Nothing that names a person, a host or a path."""

import os
import platform
import re
import subprocess


def machine():
    return {
        "processor": processor(),
        "cores": os.cpu_count(),
        "memory_gb": memory(),
        "system": f"{platform.system()} {platform.machine()}",
        "load": [round(load, 1) for load in os.getloadavg()],
    }


def processor():
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as info:
            names = re.findall(r"^model name\s*:\s*(.*)$", info.read(), re.M)
    except OSError:
        names = []
    return names[0] if names else platform.processor() or "unknown"


def memory():
    try:
        pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError):
        return None
    return round(pages / 1e9)


def told(*command):
    """The first line that a program says, or None."""
    try:
        said = subprocess.run(command, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    return said.stdout.strip().split("\n")[0]


def versions(setting):
    liyan = told(str(setting.liyan), "--version").removeprefix("liyan ")
    commit = told("git", "-C", str(setting.root), "describe", "--always", "--dirty")
    return {
        "liyan": f"{liyan} ({commit})" if commit else liyan,
        "rust": (told("rustc", "--version") or "unknown").removeprefix("rustc "),
        "python": platform.python_version(),
    }
