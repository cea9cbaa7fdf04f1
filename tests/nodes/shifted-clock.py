"""Runs a command, and everything that it starts, with a clock that is ahead of the machine's or behind it.

    shifted-clock.py SECONDS COMMAND [ARGUMENT ...]

The machine's own clock stays as it is: of each program, the functions by which the kernel tells the time without a system call
(vdso(7)) are replaced in its memory when it starts, so that they add the seconds. That works for programs of every language, static
ones too. What goes on running when the command has ended keeps its clock; what it starts after that has the machine's.
"""

import ctypes
import os
import signal
import struct
import sys

PTRACE_CONT = 7
PTRACE_SEIZE = 0x4206
PTRACE_LISTEN = 0x4208
# Forks, clones and starts of programs are told to the tracer, and what is started is traced too: ptrace(2).
TRACE_FORK, TRACE_VFORK, TRACE_CLONE, TRACE_EXEC = 2, 4, 8, 16
EVENT_EXEC, EVENT_STOP = 4, 128
WAIT_FOR_THREADS_TOO = 0x40000000
STOPS = (signal.SIGSTOP, signal.SIGTSTP, signal.SIGTTIN, signal.SIGTTOU)

DYNAMIC_SYMBOLS = 11
SECTION = struct.Struct("<IIQQQQIIQQ")
SYMBOL = struct.Struct("<IBBHQQ")

libc = ctypes.CDLL(None, use_errno=True)
libc.ptrace.restype = ctypes.c_long
libc.ptrace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]


def ptrace(request, pid, data=0):
    """Whether the request was met: a thread can end at any moment, and nothing is to be done for it then."""
    return libc.ptrace(request, pid, None, data) != -1


def vdso_of(pid):
    """The first and last address of the vDSO of a process; None where it has none."""
    with open(f"/proc/{pid}/maps") as maps:
        for line in maps:
            if line.rstrip().endswith("[vdso]"):
                first, last = line.split()[0].split("-")
                return int(first, 16), int(last, 16)
    return None


def functions():
    """Offset of each function in the vDSO, which is the same in every process of a machine."""
    first, last = vdso_of("self")
    image = ctypes.string_at(first, last - first)
    sections_at = struct.unpack_from("<Q", image, 40)[0]
    count = struct.unpack_from("<H", image, 60)[0]
    sections = [SECTION.unpack_from(image, sections_at + SECTION.size * index) for index in range(count)]
    found = {}
    for _, kind, _, _, at, size, link, _, _, _ in sections:
        if kind != DYNAMIC_SYMBOLS:
            continue
        names_at = sections[link][4]
        for symbol in range(at, at + size, SYMBOL.size):
            name, _, _, _, offset, length = SYMBOL.unpack_from(image, symbol)
            end = image.index(b"\0", names_at + name)
            found[image[names_at + name : end].decode()] = (offset, length)
    return found


def code(seconds):
    """The replacements, for x86-64: each makes the system call and adds the seconds to what it tells of the date."""
    shift = b"\x48\xb9" + struct.pack("<q", seconds)  # mov rcx, seconds
    clock_gettime = (
        b"\xb8\xe4\x00\x00\x00\x0f\x05"  # mov eax, 228; syscall
        b"\x85\xc0\x75\x17"  # test eax, eax; jnz end
        b"\x83\xff\x00\x74\x05"  # cmp edi, CLOCK_REALTIME; je add
        b"\x83\xff\x05\x75\x0d"  # cmp edi, CLOCK_REALTIME_COARSE; jne end
        + shift  # add:
        + b"\x48\x01\x0e"  # add [rsi], rcx
        b"\xc3"  # end: ret
    )
    gettimeofday = (
        b"\xb8\x60\x00\x00\x00\x0f\x05"  # mov eax, 96; syscall
        b"\x48\x85\xff\x74\x0d" + shift + b"\x48\x01\x0f"  # test rdi, rdi; jz end  # add [rdi], rcx
        b"\xc3"  # end: ret
    )
    time = (
        b"\xb8\xc9\x00\x00\x00\x0f\x05"  # mov eax, 201; syscall
        + shift
        + b"\x48\x01\xc8"  # add rax, rcx
        b"\x48\x85\xff\x74\x03"  # test rdi, rdi; jz end
        b"\x48\x89\x07"  # mov [rdi], rax
        b"\xc3"  # end: ret
    )
    return {"__vdso_clock_gettime": clock_gettime, "__vdso_gettimeofday": gettimeofday, "__vdso_time": time}


class Patch:
    """What is written into the vDSO of each program."""

    def __init__(self, seconds):
        found = functions()
        self.writes = []
        for name, replacement in code(seconds).items():
            offset, length = found[name]
            if len(replacement) > length:
                raise SystemExit(f"Cannot replace {name}: {len(replacement)} bytes are needed, {length} are there")
            self.writes.append((offset, replacement))

    def apply(self, pid):
        vdso = vdso_of(pid)
        if vdso is None:
            return
        with open(f"/proc/{pid}/mem", "r+b", buffering=0) as memory:
            for offset, replacement in self.writes:
                memory.seek(vdso[0] + offset)
                memory.write(replacement)


def traced(command):
    """Starts the command traced; returns its pid."""
    go_read, go_write = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(go_write)
        os.read(go_read, 1)
        try:
            os.execvp(command[0], command)
        except OSError as error:
            os.write(2, f"Cannot run {command[0]}: {error.strerror}\n".encode())
            os._exit(127)
    os.close(go_read)
    options = TRACE_FORK | TRACE_VFORK | TRACE_CLONE | TRACE_EXEC
    if not ptrace(PTRACE_SEIZE, pid, options):
        os.kill(pid, signal.SIGKILL)
        raise SystemExit(f"Cannot trace {command[0]}: {os.strerror(ctypes.get_errno())}")
    os.write(go_write, b"!")
    os.close(go_write)
    return pid


def run(seconds, command):
    """Runs the command and returns its exit code."""
    patch = Patch(seconds)
    child = traced(command)
    for told in (signal.SIGTERM, signal.SIGINT):
        signal.signal(told, lambda number, _: os.kill(child, number))
    while True:
        pid, status = os.waitpid(-1, WAIT_FOR_THREADS_TOO)
        if not os.WIFSTOPPED(status):
            if pid == child:
                return os.waitstatus_to_exitcode(status)
            continue
        event, stopped_by = status >> 16, os.WSTOPSIG(status)
        if event == EVENT_EXEC:
            patch.apply(pid)
        if event == EVENT_STOP and stopped_by in STOPS:
            ptrace(PTRACE_LISTEN, pid)
        else:
            ptrace(PTRACE_CONT, pid, stopped_by if event == 0 else 0)


if __name__ == "__main__":
    ended_with = run(int(sys.argv[1]), sys.argv[2:])
    sys.exit(ended_with if ended_with >= 0 else 128 - ended_with)
