"""The requests that changed something: the memory of the simulated AWS over its restarts."""

import json
import os


class Journal:
    """A file with a request a line. What is in it was on the disk before it was carried out."""

    def __init__(self, path):
        self.path = path
        self.file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
        os.fchmod(self.file, 0o600)
        self.number = 0
        self.size = 0

    def replay(self, carry_out):
        """Has every request carried out again; a last line that was cut off while it was written is gone.

        :raises ValueError: where another line is none of this journal's.
        """
        with open(self.path, "rb") as journal:
            lines = journal.readlines()
        for line in lines:
            try:
                entry = json.loads(line)
            except ValueError:
                entry = None
            if entry is None or not line.endswith(b"\n"):
                if line is lines[-1]:
                    break
                raise self.unreadable("is not whole")
            self.number += 1
            self.size += len(line)
            try:
                carry_out(self.number, entry)
            except (KeyError, TypeError, ValueError) as error:
                raise self.unreadable(f"cannot be carried out again ({error!r})") from error
        os.ftruncate(self.file, self.size)

    def unreadable(self, why):
        return ValueError(f"line {self.number + 1} of {self.path} {why}; npm stop -- --purge removes the cluster with it")

    def append(self, entry):
        """Writes a request down for good, and returns its number.

        :raises OSError: where it cannot be; then nothing of it stays.
        """
        line = json.dumps(entry).encode() + b"\n"
        os.ftruncate(self.file, self.size)  # what an earlier attempt left
        rest = memoryview(line)
        while rest:
            rest = rest[os.write(self.file, rest) :]
        os.fsync(self.file)
        self.size += len(line)
        self.number += 1
        return self.number
