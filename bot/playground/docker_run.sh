#!/bin/sh
# docker_run.sh FOLDER own|host [ROOT]: run dockerd and docker-registry, as FOLDER's daemon.json and registry.yml say,
# until standard input ends; then leave nothing: no process, mount, control group, network link or FOLDER.
#
# Both live in a process and a mount namespace of their own, so the kernel ends every process and mount with the first
# one. Whoever started this holds the other end of standard input: when they die, however they die, it ends.
# `own` adds a network namespace, with the firewall rules Docker likes; `host` uses the machine's network and leaves its
# firewall alone. With ROOT the daemon is the one installed in that folder, the root of another system.
# Prints the process id to enter the namespaces by, then each of the words it has carried out: start, stop, kill.
set -u
folder=$1 network=$2 root=${3-} name=${1##*/}

clean() {
    if [ "$network" = host ]; then
        ip link delete "$name"
        for link in /sys/class/net/br-*; do # only those that this daemon's own records name
            grep -qsaF "${link##*/br-}" "$folder/data/network/files/local-kv.db" && ip link delete "${link##*/}"
        done
    fi
    find /sys/fs/cgroup -depth -type d -path "*/$name*" -exec rmdir {} \;
    rm -rf --one-file-system "$folder"
}

start() {
    # DOCKER_RAMDISK: without pivot_root, which a changed root forbids
    ${root:+chroot "$root" env DOCKER_RAMDISK=1} dockerd --config-file "$folder/daemon.json" >>"$folder/dockerd.log" 2>&1 &
    dockerd=$!
}

enter_root() {
    mount --bind "$root" "$root" # the daemon wants its / to be a mount point
    for part in proc sys dev run etc/docker; do mount --rbind "/$part" "$root/$part"; done
    mount -t tmpfs tmpfs "$root/tmp"
    mkdir -p "$root$folder" && mount --bind "$folder" "$root$folder"
}

inside() {
    read -r pid _ </proc/self/stat # as the outside counts, until /proc is ours
    mount -t proc proc /proc
    mount -t tmpfs tmpfs /etc/docker # the machine's own certificates and keys stay out of it
    resolv=$(readlink -f /etc/resolv.conf) nameservers=$(cat /etc/resolv.conf)
    mount -t tmpfs tmpfs /run # no systemd, containerd or Docker of the machine to be found there
    case $resolv in /run/*) mkdir -p "${resolv%/*}" && printf '%s\n' "$nameservers" >"$resolv" ;; esac
    if [ "$network" = own ]; then
        ip link set lo up
    else
        ip link add "$name" type bridge
        # Ports are published by a proxy, which needs no forwarding; without this every create warns of its lack.
        echo 1 >"$folder/ip_forward" && mount --bind "$folder/ip_forward" /proc/sys/net/ipv4/ip_forward
    fi

    [ -z "$root" ] || enter_root

    docker-registry serve "$folder/registry.yml" >"$folder/registry.log" 2>&1 &
    start
    echo "$pid"
    while read -r word; do
        case $word in
            start) start ;;
            stop) kill "$dockerd"; wait "$dockerd" ;;
            kill) kill -KILL "$dockerd"; wait "$dockerd" ;;
        esac
        echo "$word"
    done
}

if [ "${4-}" = inside ]; then
    inside
else
    [ "$network" = own ] && net=--net || net=
    unshare --mount --pid --fork --kill-child $net -- tini -- sh "$0" "$folder" "$network" "$root" inside
    clean 2>/dev/null
fi
