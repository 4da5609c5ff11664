"""The swarm's part of `docker info`."""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.format.units import human_duration

NANO = 1_000_000_000
Answer = Mapping[str, Any]


def swarm_lines(swarm: Answer) -> Iterator[str]:
    """The lines under ` Swarm: active`, of `Swarm` in `/info`; none where it is inactive or locked."""
    if swarm.get("LocalNodeState") in (None, "", "inactive", "locked"):
        return
    yield f"  NodeID: {swarm.get('NodeID', '')}"
    if swarm.get("Error"):
        yield f"  Error: {swarm['Error']}"
    manager = bool(swarm.get("ControlAvailable"))
    yield f"  Is Manager: {'true' if manager else 'false'}"
    cluster = swarm.get("Cluster")
    if cluster and manager and not swarm.get("Error") and swarm["LocalNodeState"] != "error":
        yield from _cluster(swarm, cluster)
    yield f"  Node Address: {swarm.get('NodeAddr', '')}"
    managers = sorted(entry["Addr"] for entry in swarm.get("RemoteManagers") or ())
    if managers:
        yield "  Manager Addresses:"
        yield from (f"   {address}" for address in managers)


def _cluster(swarm: Answer, cluster: Answer) -> Iterator[str]:
    yield f"  ClusterID: {cluster.get('ID', '')}"
    yield f"  Managers: {swarm.get('Managers', 0)}"
    yield f"  Nodes: {swarm.get('Nodes', 0)}"
    pool = cluster.get("DefaultAddrPool")
    if pool is not None:
        yield f"  Default Address Pool: {''.join(address + '  ' for address in pool)}"
        yield f"  SubnetSize: {cluster.get('SubnetSize', 0)}"
    if cluster.get("DataPathPort"):
        yield f"  Data Path Port: {cluster['DataPathPort']}"
    yield from _spec(cluster.get("Spec") or {}, bool(cluster.get("RootRotationInProgress")))


def _spec(spec: Answer, rotating: bool) -> Iterator[str]:
    raft, authority = spec.get("Raft") or {}, spec.get("CAConfig") or {}
    yield "  Orchestration:"
    kept = _part(spec, "Orchestration").get("TaskHistoryRetentionLimit") or 0
    yield f"   Task History Retention Limit: {kept}"
    yield "  Raft:"
    yield f"   Snapshot Interval: {raft.get('SnapshotInterval', 0)}"
    if raft.get("KeepOldSnapshots") is not None:
        yield f"   Number of Old Snapshots to Retain: {raft['KeepOldSnapshots']}"
    yield f"   Heartbeat Tick: {raft.get('HeartbeatTick', 0)}"
    yield f"   Election Tick: {raft.get('ElectionTick', 0)}"
    yield "  Dispatcher:"
    yield f"   Heartbeat Period: {human_duration(_part(spec, 'Dispatcher').get('HeartbeatPeriod', 0) / NANO)}"
    yield "  CA Configuration:"
    yield f"   Expiry Duration: {human_duration(authority.get('NodeCertExpiry', 0) / NANO)}"
    yield f"   Force Rotate: {authority.get('ForceRotate', 0)}"
    if (authority.get("SigningCACert") or "").strip():
        yield from ("   Signing CA Certificate: ", *authority["SigningCACert"].strip().split("\n"), "")
    if authority.get("ExternalCAs"):
        yield "   External CAs:"
        yield from (f"     {entry['Protocol']}: {entry['URL']}" for entry in authority["ExternalCAs"])
    locked = _part(spec, "EncryptionConfig").get("AutoLockManagers")
    yield f"  Autolock Managers: {'true' if locked else 'false'}"
    yield f"  Root Rotation In Progress: {'true' if rotating else 'false'}"


def _part(spec: Answer, name: str) -> Answer:
    part: Answer = spec.get(name) or {}
    return part
