"""Serves a simulated AWS (moto) that survives its own restarts.

Every request has to be signed with one of two keys; only one of them may change something. moto decides which action a request asks for;
an action that changes something is written to a journal before it is carried out. At start the journal is carried out again, each
request with its number as the seed of moto's random identifiers, so that load balancers, instances and their ids are what they were.
A file says which calls are refused or held on purpose, so that what a controller makes of that can be seen; only the owner of this
folder can write it. Refused calls are not in the journal.
"""

import argparse
import contextlib
import http.client
import json
import os
import signal
import socket
import sys
import threading
import time
import traceback

from aws_calls import Call, call_of_entry, make_backends
from aws_errors import Refused
from aws_journal import Journal
from aws_server import Received, Server
from aws_signature import authenticate, read_key
from moto.moto_api._internal import mock_random
from moto_patches import (
    mend_classic_load_balancers,
    mend_load_balancers,
    mend_network_load_balancers,
    mend_repeated_creation,
    mend_security_groups,
)

HOLD_SECONDS = 0.05
DATA_PLANE_SECONDS = 5


def say(line):
    """Into the log; what was carried out stays carried out where that cannot be written."""
    with contextlib.suppress(OSError):
        print(line, file=sys.stderr, flush=True)


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

    def check(self, call):
        """:raises Refused: where the call is to be refused, after it was held for as long as it is to be."""
        if not call.is_load_balancing:
            return
        fault = self.of(call.action)
        while fault == "held":
            time.sleep(HOLD_SECONDS)
            fault = self.of(call.action)
        if fault:
            raise Refused(400, fault["code"], fault["message"])


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
            say(f"the data plane of the load balancers did not follow: {error!r}")
        finally:
            connection.close()


class SimulatedAws:
    """moto behind its keys and its journal: one call at a time."""

    def __init__(self, *, region, keys, journal, faults, data_plane):
        self.region, self.keys, self.journal, self.faults, self.data_plane = region, keys, journal, faults, data_plane
        self.lock = threading.Lock()
        mock_random.seed(0)
        make_backends(region)
        journal.replay(self.carry_out_again)
        say(f"carried out {journal.number} requests of the journal")

    def carry_out_again(self, number, entry):
        self.numbered(number, call_of_entry(entry, Received))

    def answer(self, request):
        """The answer, and whether it was asked with a key."""
        try:
            key, scope = authenticate(request, self.keys)
        except Refused as refusal:
            return refusal.answer(claimed_service(request)), False
        try:
            return self.carry_out(self.admitted(key, scope, request)), True
        except Refused as refusal:
            return refusal.answer(scope.service), True

    def admitted(self, key, scope, request):
        """:raises Refused: where the call is not to be carried out."""
        if scope.region != self.region:
            raise Refused(400, "UnknownRegion", f"This simulated AWS has the region {self.region} alone.")
        call = Call(scope, request)
        if call.changes and not key.may_change:
            raise Refused(403, "AccessDenied", f"{call.name} is a change, and the key of this request may only read.")
        self.faults.check(call)  # not under the lock: while one call is held, the others are answered
        return call

    def carry_out(self, call):
        with self.lock:
            if not call.changes:
                return self.outcome(call)
            try:
                number = self.journal.append(call.entry())
            except OSError as error:
                told = f"Not carried out: the journal of this simulated AWS cannot be written ({error.strerror})."
                raise Refused(503, "ServiceUnavailable", told) from error
            answer = self.numbered(number, call)
        # Not under the lock: the data plane reads here what there is to carry, and whom security groups admit.
        self.data_plane.apply()
        return answer

    def numbered(self, number, call):
        mock_random.seed(number)
        answer = self.outcome(call)
        say(f"{number} {call.name} {answer.status}")
        return answer

    @staticmethod
    def outcome(call):
        try:
            return call.carry_out()
        except Exception as error:  # moto stumbles over arguments that AWS would refuse
            say(traceback.format_exc())
            told = f"moto cannot carry out {call.name}: {type(error).__name__}."
            return Refused(500, "InternalFailure", told).answer(call.scope.service)


def claimed_service(request):
    """Of a request that is not signed as it should be: for the form of the refusal alone."""
    scope = request.headers.get("authorization", "").split(",")[0].split("/")
    return scope[3] if len(scope) > 3 else ""


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--region", required=True)
    parser.add_argument("--owner-key", required=True, help="file of the key that may change something")
    parser.add_argument("--reader-key", required=True, help="file of the key that may only read")
    parser.add_argument("--journal", required=True, help="file of the requests that changed something")
    parser.add_argument("--faults", required=True, help="file of the calls to refuse or hold")
    parser.add_argument("--data-plane", help="unix socket of the process that carries what the load balancers take")
    arguments = parser.parse_args()
    os.umask(0o077)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    mend_load_balancers()
    mend_network_load_balancers()
    mend_classic_load_balancers()
    mend_repeated_creation()
    mend_security_groups()
    try:
        aws = SimulatedAws(
            region=arguments.region,
            keys=(read_key(arguments.owner_key, may_change=True), read_key(arguments.reader_key, may_change=False)),
            journal=Journal(arguments.journal),
            faults=Faults(arguments.faults),
            data_plane=DataPlane(arguments.data_plane),
        )
    except ValueError as error:
        sys.exit(f"Cannot start the simulated AWS: {error}")
    with Server(arguments.port, aws.answer) as server:
        server.serve_forever()


if __name__ == "__main__":
    main()
