"""Serves a simulated AWS (moto) that survives its own restarts.

Every request that changes something is appended to a journal before it is carried out. At start the journal is carried out again, each
request with its number as the seed of moto's random identifiers, so that load balancers, instances and their ids are what they were.
A file says which calls are refused or held on purpose, so that what a controller makes of that can be seen; only the owner of this
folder can write it. Refused calls are not in the journal.
Reading is open to whoever reaches the loopback address; changing needs the access key of this instance, given by the environment.
"""

import argparse
import base64
import http.client
import io
import json
import os
import re
import signal
import socket
import sys
import threading
import time
from xml.sax.saxutils import escape

from mended_moto import (
    mend_classic_load_balancers,
    mend_network_load_balancers,
    mend_repeated_creation,
)
from moto.elbv2 import models as elbv2_models
from moto.moto_api._internal import mock_random
from moto.moto_server.werkzeug_app import (
    DomainDispatcherApplication,
    MotoRequestHandler,
    create_backend_app,
)
from werkzeug.serving import run_simple
from werkzeug.test import EnvironBuilder, run_wsgi_app

ACCESS_KEY_VARIABLE = "AWS_ACCESS_KEY_ID"
READING = re.compile(r"^(Describe|Get|List|Lookup|Search|Head|BatchGet|Test)")
QUERY_ACTION = re.compile(rb"(?:^|&)Action=([A-Za-z]+)")
HOLD_SECONDS = 0.05
DATA_PLANE_SECONDS = 5
KEPT_HEADERS = ("CONTENT_TYPE", "HTTP_AUTHORIZATION", "HTTP_HOST", "HTTP_X_AMZ_TARGET", "HTTP_X_AMZ_DATE")


def mend_load_balancers():
    """Answers as AWS does where moto does not, and the cloud controller or a reader relies on it."""
    original = elbv2_models.FakeLoadBalancer.__init__

    def initialise(self, *arguments, **options):
        original(self, *arguments, **options)
        # AWS: a load balancer whose scheme was not said is internet-facing; moto answers nothing.
        self.scheme = self.scheme or "internet-facing"
        # AWS: `<name>-<16 hex>.elb.<region>.amazonaws.com` for network load balancers; moto gives them the Classic form
        # `….<region>.elb.amazonaws.com`, which the controller takes for a Classic one at its second sync and refuses
        # ("cannot update Load Balancer Type annotation").
        if self.type == "network":
            region, identifier = self.arn.split(":")[3], self.arn.rsplit("/", 1)[1]
            self.dns_name = f"{self.name}-{identifier}.elb.{region}.amazonaws.com"

    elbv2_models.FakeLoadBalancer.__init__ = initialise


def action_of(environ, body):
    """Names the AWS action of a request: from its target header (JSON protocol) or its form (query protocol), else None (REST)."""
    target = environ.get("HTTP_X_AMZ_TARGET")
    if target:
        return target.rsplit(".", 1)[-1]
    found = QUERY_ACTION.search(body) or QUERY_ACTION.search(environ.get("QUERY_STRING", "").encode())
    return found.group(1).decode() if found else None


def changes_something(environ, body):
    action = action_of(environ, body)
    if action is not None:
        return not READING.match(action)
    return environ["REQUEST_METHOD"] not in ("GET", "HEAD", "OPTIONS")


def is_load_balancing(environ):
    return "/elasticloadbalancing/" in environ.get("HTTP_AUTHORIZATION", "")


class Faults:
    """What is to go wrong: `{"CreateListener": {"code": …, "message": …}}` refuses that call of the load balancing API, and
    `{"CreateListener": "held"}` lets it wait, until the file says otherwise or is gone."""

    def __init__(self, path):
        self.path = path

    def of(self, action):
        try:
            with open(self.path, encoding="utf-8") as file:
                return json.load(file).get(action)
        except FileNotFoundError:
            return None

    def refusal(self, environ, action):
        """The answer to a call that is refused, after it was held for as long as it is to be; None where it is carried out."""
        if not is_load_balancing(environ):
            return None
        fault = self.of(action)
        while fault == "held":
            time.sleep(HOLD_SECONDS)
            fault = self.of(action)
        return fault and ERROR.format(code=escape(fault["code"]), message=escape(fault["message"])).encode()


ERROR = (
    '<ErrorResponse xmlns="http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/"><Error><Type>Sender</Type>'
    "<Code>{code}</Code><Message>{message}</Message></Error><RequestId>on-purpose</RequestId></ErrorResponse>"
)


class DataPlane:
    """The process that carries what the simulated load balancers take. It is told of each change before the caller gets its answer, so
    that what a caller was told is done is done. Where none listens, as with simulated nodes, nobody is told."""

    def __init__(self, path):
        self.path = path

    def apply(self):
        if self.path is None:
            return
        connection = http.client.HTTPConnection("data-plane", timeout=DATA_PLANE_SECONDS)
        connection.sock = socket.socket(socket.AF_UNIX)
        connection.sock.settimeout(DATA_PLANE_SECONDS)
        try:
            connection.sock.connect(self.path)
        except (FileNotFoundError, ConnectionRefusedError):
            return
        try:
            connection.request("POST", "/")
            answer = connection.getresponse()
            if answer.status != 200:
                raise OSError(answer.read().decode())
        except (OSError, http.client.HTTPException) as error:
            print(f"the data plane of the load balancers did not follow: {error!r}", file=sys.stderr, flush=True)
        finally:
            connection.close()


class JournaledAws:
    """The moto application with a journal in front: one request at a time, changes written down before they are made."""

    def __init__(self, application, journal_path, access_key, faults, data_plane):
        self.application = application
        self.faults = faults
        self.data_plane = data_plane
        self.access_key = access_key
        self.lock = threading.Lock()
        self.number = 0
        self.replay(journal_path)
        self.journal = open(journal_path, "a", encoding="utf-8")

    def replay(self, journal_path):
        if not os.path.exists(journal_path):
            return
        kept = 0
        with open(journal_path, "rb") as journal:
            for line in journal:
                try:
                    entry = json.loads(line)
                except ValueError:  # the last line of a process that was killed while it wrote
                    break
                self.number += 1
                mock_random.seed(self.number)
                builder = EnvironBuilder(
                    method=entry["method"],
                    path=entry["path"],
                    query_string=entry["query"],
                    input_stream=io.BytesIO(base64.b64decode(entry["body"])),
                )
                environ = builder.get_environ()
                environ.update(entry["headers"], CONTENT_LENGTH=str(len(base64.b64decode(entry["body"]))))
                run_wsgi_app(self.application, environ, buffered=True)
                kept += len(line)
        os.truncate(journal_path, kept)
        print(f"carried out {self.number} requests of the journal", file=sys.stderr, flush=True)

    def __call__(self, environ, start_response):
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        environ["wsgi.input"] = io.BytesIO(body)
        # Not under the lock: while one call is held, the others are answered.
        refusal = self.faults.refusal(environ, action_of(environ, body))
        if refusal:
            start_response("400 Bad Request", [("Content-Type", "text/xml")])
            return [refusal]
        changing = changes_something(environ, body)
        answer = self.carry_out(environ, start_response, body, changing)
        # Not under the lock: the data plane reads here what there is to carry.
        if changing and is_load_balancing(environ):
            self.data_plane.apply()
        return answer

    def carry_out(self, environ, start_response, body, changing):
        with self.lock:
            if changing:
                if f"Credential={self.access_key}/" not in environ.get("HTTP_AUTHORIZATION", ""):
                    start_response("403 Forbidden", [("Content-Type", "text/plain")])
                    return [f"Changing this simulated AWS needs its own access key: see {ACCESS_KEY_VARIABLE}.\n".encode()]
                self.write_down(environ, body)
            return list(self.application(environ, start_response))

    def write_down(self, environ, body):
        self.number += 1
        entry = {
            "method": environ["REQUEST_METHOD"],
            "path": environ["PATH_INFO"],
            "query": environ.get("QUERY_STRING", ""),
            "headers": {name: environ[name] for name in KEPT_HEADERS if name in environ},
            "body": base64.b64encode(body).decode(),
        }
        self.journal.write(json.dumps(entry) + "\n")
        self.journal.flush()
        mock_random.seed(self.number)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--journal", required=True, help="file of the requests that changed something")
    parser.add_argument("--faults", required=True, help="file of the calls to refuse or hold")
    parser.add_argument("--data-plane", help="unix socket of the process that carries what the load balancers take")
    arguments = parser.parse_args()
    os.environ["MOTO_PORT"] = str(arguments.port)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    mend_load_balancers()
    mend_network_load_balancers()
    mend_classic_load_balancers()
    mend_repeated_creation()
    application = JournaledAws(
        DomainDispatcherApplication(create_backend_app),
        arguments.journal,
        os.environ[ACCESS_KEY_VARIABLE],
        Faults(arguments.faults),
        DataPlane(arguments.data_plane),
    )
    run_simple("127.0.0.1", arguments.port, application, threaded=True, request_handler=MotoRequestHandler)


if __name__ == "__main__":
    main()
