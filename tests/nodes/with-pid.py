"""Starts a command as the process with a certain pid as soon as that is free, and waits for its end: clone3(2).

with-pid.py PID COMMAND [ARGUMENT ...]
"""

import ctypes
import errno
import os
import signal
import struct
import sys
import time

CLONE3 = 435  # the same on all architectures

pid, command = int(sys.argv[1]), sys.argv[2:]
wanted = ctypes.c_int(pid)
# Of struct clone_args: flags, pidfd, child_tid, parent_tid, exit_signal, stack, stack_size, tls, set_tid, set_tid_size.
arguments = struct.pack("<10Q", 0, 0, 0, 0, signal.SIGCHLD, 0, 0, 0, ctypes.addressof(wanted), 1)
libc = ctypes.CDLL(None, use_errno=True)
child = libc.syscall(CLONE3, arguments, len(arguments))
while child < 0 and ctypes.get_errno() == errno.EEXIST:  # also while a process of its session runs
    time.sleep(0.05)
    child = libc.syscall(CLONE3, arguments, len(arguments))
if child == 0:
    os.execvp(command[0], command)
if child < 0:
    sys.exit(f"Cannot start a process with the pid {pid}: {os.strerror(ctypes.get_errno())}")
sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
