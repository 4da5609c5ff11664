"""Flags of create and run about limits: memory, CPUs, block devices, processes."""

from typing import Any

from bot.grammar.flags import BYTES, Flag, Value, each, integer, many, switch, text, valued
from bot.grammar.line import Line
from bot.grammar.mistakes import Mistake
from bot.grammar.values.devices import bytes_per_second, operations_per_second, weight
from bot.grammar.values.env import mapping, sysctl
from bot.grammar.values.numbers import unsigned
from bot.grammar.values.sizes import nano_cpus, size_or_unlimited
from bot.grammar.values.ulimits import ulimit

_WINDOWS = "It works on Windows hosts alone, and this bot speaks to Linux ones."
_BPS, _IOPS = Value("list", bytes_per_second), Value("list", operations_per_second)


def _bytes(name: str, short: str = "", *, said: str) -> Flag[int]:
    return valued(name, short, value=BYTES, default=0, help=said)


BLKIO_WEIGHT = valued(
    "blkio-weight",
    value=Value("uint16", lambda typed: unsigned(16, typed)),
    default=0,
    help="Block IO (relative weight), between 10 and 1000, or 0 to disable",
)
BLKIO_WEIGHT_DEVICE = each(
    "blkio-weight-device", value=Value("list", weight), help="Block IO weight (relative device weight)"
)
CGROUP_PARENT = text("cgroup-parent", help="Optional parent cgroup for the container")
CPU_COUNT = integer("cpu-count", help="CPU count (Windows only)", refused=_WINDOWS)
CPU_PERCENT = integer("cpu-percent", help="CPU percent (Windows only)", refused=_WINDOWS)
CPU_PERIOD = integer("cpu-period", help="Limit CPU CFS (Completely Fair Scheduler) period")
CPU_QUOTA = integer("cpu-quota", help="Limit CPU CFS (Completely Fair Scheduler) quota")
CPU_RT_PERIOD = integer("cpu-rt-period", help="Limit CPU real-time period in microseconds")
CPU_RT_RUNTIME = integer("cpu-rt-runtime", help="Limit CPU real-time runtime in microseconds")
CPU_SHARES = integer("cpu-shares", "c", help="CPU shares (relative weight)")
CPUS = valued("cpus", value=Value("decimal", nano_cpus), default=0, help="Number of CPUs")
CPUSET_CPUS = text("cpuset-cpus", help="CPUs in which to allow execution (0-3, 0,1)")
CPUSET_MEMS = text("cpuset-mems", help="MEMs in which to allow execution (0-3, 0,1)")
DEVICE_READ_BPS = each("device-read-bps", value=_BPS, help="Limit read rate (bytes per second) from a device")
DEVICE_READ_IOPS = each("device-read-iops", value=_IOPS, help="Limit read rate (IO per second) from a device")
DEVICE_WRITE_BPS = each(
    "device-write-bps", value=_BPS, help="Limit write rate (bytes per second) to a device"
)
DEVICE_WRITE_IOPS = each(
    "device-write-iops", value=_IOPS, help="Limit write rate (IO per second) to a device"
)
IO_MAXBANDWIDTH = text("io-maxbandwidth", help="Maximum IO bandwidth limit (Windows only)", refused=_WINDOWS)
IO_MAXIOPS = text("io-maxiops", help="Maximum IOps limit (Windows only)", refused=_WINDOWS)
KERNEL_MEMORY = _bytes("kernel-memory", said="Kernel memory limit")
MEMORY = _bytes("memory", "m", said="Memory limit")
MEMORY_RESERVATION = _bytes("memory-reservation", said="Memory soft limit")
MEMORY_SWAP = valued(
    "memory-swap",
    value=Value("bytes", size_or_unlimited),
    default=0,
    help="Swap limit equal to memory plus swap: '-1' to enable unlimited swap",
)
MEMORY_SWAPPINESS = integer(
    "memory-swappiness", default=-1, help="Tune container memory swappiness (0 to 100)"
)
OOM_KILL_DISABLE = switch("oom-kill-disable", help="Disable OOM Killer")
OOM_SCORE_ADJ = integer("oom-score-adj", help="Tune host's OOM preferences (-1000 to 1000)")
PIDS_LIMIT = integer("pids-limit", help="Tune container pids limit (set -1 for unlimited)")
SHM_SIZE = _bytes("shm-size", said="Size of /dev/shm")
SYSCTL = many("sysctl", value=Value("map", sysctl), help="Sysctl options")
ULIMIT = each("ulimit", value=Value("ulimit", ulimit), help="Ulimit options")

FLAGS = (
    BLKIO_WEIGHT, BLKIO_WEIGHT_DEVICE, CGROUP_PARENT, CPU_COUNT, CPU_PERCENT, CPU_PERIOD, CPU_QUOTA,
    CPU_RT_PERIOD, CPU_RT_RUNTIME, CPU_SHARES, CPUS, CPUSET_CPUS, CPUSET_MEMS, DEVICE_READ_BPS,
    DEVICE_READ_IOPS, DEVICE_WRITE_BPS, DEVICE_WRITE_IOPS, IO_MAXBANDWIDTH, IO_MAXIOPS, KERNEL_MEMORY,
    MEMORY, MEMORY_RESERVATION, MEMORY_SWAP, MEMORY_SWAPPINESS, OOM_KILL_DISABLE, OOM_SCORE_ADJ,
    PIDS_LIMIT, SHM_SIZE, SYSCTL, ULIMIT,
)  # fmt: skip


def host_config(line: Line, api: tuple[int, int]) -> dict[str, Any]:
    """The parts of HostConfig. Raises Mistake."""
    swappiness = line[MEMORY_SWAPPINESS]
    if not -1 <= swappiness <= 100:
        raise Mistake.at_flag(line, MEMORY_SWAPPINESS, f"{swappiness} is not a swappiness", "Say 0 to 100.")
    limits = {each.name: each for each in line[ULIMIT]}
    return {
        "BlkioWeight": line[BLKIO_WEIGHT],
        "BlkioWeightDevice": list(line[BLKIO_WEIGHT_DEVICE]),
        "BlkioDeviceReadBps": list(line[DEVICE_READ_BPS]),
        "BlkioDeviceReadIOps": list(line[DEVICE_READ_IOPS]),
        "BlkioDeviceWriteBps": list(line[DEVICE_WRITE_BPS]),
        "BlkioDeviceWriteIOps": list(line[DEVICE_WRITE_IOPS]),
        "CgroupParent": line[CGROUP_PARENT],
        "CpuPeriod": line[CPU_PERIOD],
        "CpuQuota": line[CPU_QUOTA],
        "CpuRealtimePeriod": line[CPU_RT_PERIOD],
        "CpuRealtimeRuntime": line[CPU_RT_RUNTIME],
        "CpuShares": line[CPU_SHARES],
        "NanoCpus": line[CPUS],
        "CpusetCpus": line[CPUSET_CPUS],
        "CpusetMems": line[CPUSET_MEMS],
        "KernelMemory": line[KERNEL_MEMORY] if api < (1, 42) else 0,  # taken away with API 1.42
        "Memory": line[MEMORY],
        "MemoryReservation": line[MEMORY_RESERVATION],
        "MemorySwap": line[MEMORY_SWAP],
        "MemorySwappiness": swappiness,
        "OomKillDisable": line[OOM_KILL_DISABLE],
        "OomScoreAdj": line[OOM_SCORE_ADJ],
        "PidsLimit": line[PIDS_LIMIT],
        "ShmSize": line[SHM_SIZE],
        "Sysctls": mapping(line[SYSCTL]),
        "Ulimits": [
            {"Name": name, "Hard": limits[name].hard, "Soft": limits[name].soft} for name in sorted(limits)
        ],
    }
