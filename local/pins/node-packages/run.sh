#!/bin/sh
# Runs a program of the packages beside this folder with the libraries that came with them.
self=$0
# Asked only where it is a link: while Pods come and go, a node runs these programs some ten times a second.
[ ! -h "$self" ] || self=$(readlink -f "$self")
packages=${self%/bin/*}/packages
for folder in "$packages"/usr/lib/*-linux-* "$packages"/lib/*-linux-*; do
  [ -d "$folder" ] || continue
  LD_LIBRARY_PATH=$folder${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
  [ ! -d "$folder/xtables" ] || export XTABLES_LIBDIR="$folder/xtables"
done
export LD_LIBRARY_PATH
exec "$packages/PROGRAM" "$@"
