"""What a caller is told whose request is not carried out, in the words of the service that was asked."""

import json
from typing import NamedTuple
from xml.sax.saxutils import escape


class Answer(NamedTuple):
    """What goes back to a caller."""

    status: int
    headers: dict
    body: bytes


class Refused(Exception):
    """A request that is not carried out, and why."""

    def __init__(self, status, code, message):
        super().__init__(message)
        self.status, self.code, self.message = status, code, message

    def answer(self, service):
        """The refusal as clients of that service read it; the service may be a mere claim."""
        code, message = escape(self.code), escape(self.message)
        if service == "acm":
            headers = {"Content-Type": "application/x-amz-json-1.1", "x-amzn-errortype": self.code}
            return Answer(self.status, headers, json.dumps({"__type": self.code, "message": self.message}).encode())
        error = f"<Error><Type>Sender</Type><Code>{code}</Code><Message>{message}</Message></Error>"
        if service == "ec2":
            error = f"<Response><Errors>{error}</Errors><RequestID>refused</RequestID></Response>"
        elif service != "s3":
            error = f"<ErrorResponse>{error}<RequestId>refused</RequestId></ErrorResponse>"
        return Answer(self.status, {"Content-Type": "text/xml"}, error.encode())


def malformed(message):
    return Refused(400, "MalformedRequest", message)
