"""Takes requests over HTTP: what is not whole, plain and from this machine's own programs is refused before it is read."""

import contextlib
import io
import re
import resource
import socket
import socketserver
import time
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler
from typing import NamedTuple
from urllib.parse import urlsplit

from aws_errors import Answer

BODY_BYTES = 1 << 20
LINE_BYTES = 1 << 16
# A request has to be there within this time, however slowly it comes.
REQUEST_SECONDS = 10
# How long the connection of a caller with a key is kept; longer than Go's clients keep theirs, so that they close first.
IDLE_SECONDS = 120
FAREWELL_SECONDS = 2
METHODS = ("DELETE", "GET", "POST", "PUT")
# No bucket may have this name, so that it is no request to AWS.
HEALTH = "/_health"
HEADER_NAME = re.compile(r"[A-Za-z0-9-]+")
HEADER_VALUE = re.compile(r"[\t\x20-\x7e]*")
TARGET = re.compile(r"/[\x21\x22\x24-\x7e]*")
LENGTH = re.compile(r"[0-9]{1,9}")


class Received(NamedTuple):
    """A request as it was sent; header names in lower case, each there once."""

    method: str
    target: str
    headers: dict
    body: bytes

    @property
    def path(self):
        return urlsplit(self.target).path

    @property
    def query(self):
        return urlsplit(self.target).query


class Unreadable(Exception):
    def __init__(self, status, message):
        super().__init__(message)
        self.status, self.message = status, message


class Timed(io.RawIOBase):
    """What comes over a connection until a point in time."""

    def __init__(self, connection):
        self.connection = connection
        self.allow(REQUEST_SECONDS)

    def allow(self, seconds):
        self.until = time.monotonic() + seconds

    def readable(self):
        return True

    def readinto(self, buffer):
        left = self.until - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self.connection.settimeout(left)
        return self.connection.recv_into(buffer)


class Handler(BaseHTTPRequestHandler):
    """One connection. After a refusal it is not read again."""

    protocol_version = "HTTP/1.1"
    # A request without a version is answered with a status, too.
    default_request_version = request_version = "HTTP/1.1"
    # An answer in one piece and at once: in two, the second would wait 40 ms for the caller's word that it has the first.
    wbufsize = -1
    disable_nagle_algorithm = True

    def setup(self):
        super().setup()
        self.timed = Timed(self.connection)
        self.rfile = io.BufferedReader(self.timed)
        self.patience = REQUEST_SECONDS

    def handle_one_request(self):
        self.close_connection = True
        try:
            self.timed.allow(self.patience)
            self.raw_requestline = self.rfile.readline(LINE_BYTES + 1)
            self.timed.allow(REQUEST_SECONDS)
            if not self.raw_requestline:
                return
            if len(self.raw_requestline) > LINE_BYTES:
                raise Unreadable(414, "the request line is too long")
            if not self.parse_request():
                return
            answer, known = self.server.answer(self.received())
        except Unreadable as refusal:
            return self.send_error(refusal.status, refusal.message)
        except OSError:  # it came too slowly, or the caller is gone
            self.close_connection = True
            return
        self.patience = IDLE_SECONDS if known else REQUEST_SECONDS
        self.close_connection = self.close_connection or not known
        self.write(answer)

    def finish(self):
        """Reads on for a moment while the client sends: closed immediately, the connection would take the answer with it."""
        with contextlib.suppress(OSError):
            super().finish()
            self.connection.shutdown(socket.SHUT_WR)
            self.timed.allow(FAREWELL_SECONDS)
            while self.timed.readinto(bytearray(LINE_BYTES)):
                pass

    def received(self):
        if self.command not in METHODS:
            raise Unreadable(405, f"only {', '.join(METHODS)} are answered")
        if not TARGET.fullmatch(self.path):
            raise Unreadable(400, "the target of the request has to be a path")
        headers = {name.lower(): value.strip() for name, value in self.headers.items()}
        if self.headers.defects or len(headers) != len(self.headers):
            raise Unreadable(400, "each header has to be there once, on one line")
        for name, value in headers.items():
            if not (HEADER_NAME.fullmatch(name) and HEADER_VALUE.fullmatch(value)):
                raise Unreadable(400, "a header has a name or a value that is not plain")
        if headers.get("host") not in self.server.hosts:
            raise Unreadable(403, "the Host header has to be the address that was connected to")
        if "origin" in headers:
            raise Unreadable(403, "no page of a browser is answered")
        if "transfer-encoding" in headers:
            raise Unreadable(411, "a body needs its Content-Length")
        return Received(self.command, self.path, headers, self.body(headers.get("content-length", "0")))

    def body(self, length):
        if not LENGTH.fullmatch(length):
            raise Unreadable(400, "the Content-Length is no number")
        if int(length) > BODY_BYTES:
            raise Unreadable(413, f"a body may have {BODY_BYTES} bytes")
        body = self.rfile.read(int(length))
        if len(body) < int(length):
            raise ConnectionError("the body ended early")
        return body

    def send_error(self, code, message=None, explain=None):
        self.close_connection = True
        self.write(Answer(code, {"Content-Type": "text/plain"}, f"Refused: {message}.\n".encode("ascii", "replace")))

    def write(self, answer):
        kept = {name: value for name, value in answer.headers.items() if not unsaid(name)}
        kept |= {"Content-Length": len(answer.body), "Date": formatdate(usegmt=True)}
        if self.close_connection:
            kept["Connection"] = "close"
        try:
            self.connection.settimeout(REQUEST_SECONDS)
            self.send_response_only(answer.status)
            for name, value in kept.items():
                self.send_header(name, str(value))
            self.end_headers()
            self.wfile.write(answer.body)
            self.wfile.flush()
        except OSError:
            self.close_connection = True

    def log_message(self, *_):
        """Logs nothing: clients without a key could otherwise fill the disk."""


def unsaid(name):
    """Headers of moto that are none of HTTP's, or would open this server to web pages."""
    return name.lower() in ("connection", "content-length", "date", "status") or name.lower().startswith("access-control-")


class Server(socketserver.ThreadingTCPServer):
    """A thread a connection, so that a slow caller keeps nobody waiting."""

    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, port, answer):
        self.hosts = (f"127.0.0.1:{port}", f"localhost:{port}")
        self.answer_aws = answer
        _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
        super().__init__(("127.0.0.1", port), Handler)

    def answer(self, received):
        """The answer, and whether the caller has a key."""
        if received.target == HEALTH:
            return Answer(200 if received.method == "GET" else 405, {}, b""), False
        return self.answer_aws(received)

    def handle_error(self, request, client_address):
        """A caller that is gone is none of ours."""
