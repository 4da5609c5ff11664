"""The most memory a process ever held."""

from pathlib import Path


def peak_memory(process: int | str) -> int:
    """In bytes; `process` is an id or `self`. (`getrusage` tells of the parent that a child was forked from.)"""
    status = Path(f"/proc/{process}/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) * 1024
