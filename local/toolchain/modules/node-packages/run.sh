#!/bin/sh
# Runs a program of the packages beside this folder with the libraries that came with them.
self=$(readlink -f "$0")
packages=${self%/bin/*}/packages
for folder in "$packages"/usr/lib/*-linux-* "$packages"/lib/*-linux-*; do
  [ -d "$folder" ] || continue
  LD_LIBRARY_PATH=$folder${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
  [ ! -d "$folder/xtables" ] || export XTABLES_LIBDIR="$folder/xtables"
done
export LD_LIBRARY_PATH
exec "$packages/PROGRAM" "$@"
