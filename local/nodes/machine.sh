#!/bin/sh
# The first process of a node. It runs in namespaces of its own (network, mounts, processes, host name), so that whatever the node mounts
# or starts is gone with it. Told: a folder for what the node keeps, the node's name, the control group of its Pods, and the program
# that goes on as first process.
set -eu
folder=$1 name=$2 group=$3 init=$4
# Still the outer /proc, in which this process has the number that others know it by.
read -r pid _ < /proc/self/stat
mount -t proc proc /proc
mount -t tmpfs -o mode=755 run /run
mkdir -p /run/node /run/netns
mount --bind "$folder" /run/node
# The kubelet and the CNI plugins keep some things in /var, wherever they are told to keep the others, and the kubelet removes the logs
# of Pods that it does not know, so also another node's. Here each node has changes of its own.
mkdir -p /run/var/changed /run/var/work
mount -t overlay -o lowerdir=/var,upperdir=/run/var/changed,workdir=/run/var/work overlay /var
hostname "$name"
for hierarchy in /sys/fs/cgroup /sys/fs/cgroup/*; do
  if [ -e "$hierarchy/cgroup.procs" ]; then mkdir -p "$hierarchy/$group"; fi
done
# A group counts as one process, whatever is in it: beside a few busy processes of the machine all Pods together would starve.
for all in "/sys/fs/cgroup/cpu/${group%/*}" "/sys/fs/cgroup/${group%/*}"; do
  if [ -e "$all/cpu.shares" ]; then echo 2048 > "$all/cpu.shares"; fi
  if [ -e "$all/cpu.weight" ]; then echo 200 > "$all/cpu.weight"; fi
done
echo "$pid" > /run/node/pid.new
mv /run/node/pid.new /run/node/pid
exec "$init" -- sleep infinity
