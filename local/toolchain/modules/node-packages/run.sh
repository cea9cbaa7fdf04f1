#!/bin/sh
# Runs a program of the packages beside this folder with the libraries that came with them.
self=$0
# Asked only where it is a link: a node runs some of these programs a hundred times for every Pod that comes or goes.
[ ! -h "$self" ] || self=$(readlink -f "$self")
packages=${self%/bin/*}/packages
for folder in "$packages"/usr/lib/*-linux-* "$packages"/lib/*-linux-*; do
  [ -d "$folder" ] || continue
  LD_LIBRARY_PATH=$folder${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
  [ ! -d "$folder/xtables" ] || export XTABLES_LIBDIR="$folder/xtables"
done
export LD_LIBRARY_PATH
exec "$packages/PROGRAM" "$@"
