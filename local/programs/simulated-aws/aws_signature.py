"""Whether a request is signed with a key of this simulated AWS: version 4 of AWS's signatures.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
"""

import hashlib
import hmac
import json
import re
from datetime import datetime, timedelta, timezone
from typing import NamedTuple

from aws_errors import Refused
from botocore.auth import S3SigV4Auth, SigV4Auth
from botocore.awsrequest import AWSRequest, HTTPHeaders
from botocore.credentials import Credentials

AUTHORIZATION = re.compile(
    r"AWS4-HMAC-SHA256 Credential=(?P<key>[A-Z0-9]+)/(?P<date>[0-9]{8})/(?P<region>[a-z0-9-]+)/(?P<service>[a-z0-9-]+)/aws4_request,"
    r" *SignedHeaders=(?P<headers>[a-z0-9;-]+), *Signature=(?P<signature>[0-9a-f]{64})"
)
# As AWS: https://docs.aws.amazon.com/IAM/latest/UserGuide/signature-v4-troubleshooting.html
VALID_FOR = timedelta(minutes=15)
WITHOUT_KEY = "This simulated AWS answers only requests that are signed with one of its keys; npm run env prints the owner's."


class Key(NamedTuple):
    """An access key, and whether its holder may change something."""

    id: str
    secret: str
    may_change: bool


class Scope(NamedTuple):
    """What a signature is valid for."""

    date: str
    region: str
    service: str

    def __str__(self):
        return "/".join((*self, "aws4_request"))


def read_key(path, may_change):
    with open(path, encoding="utf-8") as file:
        key = json.load(file)
    return Key(key["accessKeyId"], key["secretAccessKey"], may_change)


def reaches_aws(name):
    """Whether AWS acts on a header; such a one has to be signed, and no other one gets to what carries out."""
    return name in ("content-type", "content-md5") or name.startswith("x-amz-")


class Signer:
    """botocore's own signing, told what was sent instead of what to send."""

    def payload(self, request):
        return hashlib.sha256(request.data).hexdigest()


class QuerySigner(Signer, SigV4Auth):
    pass


class BucketSigner(Signer, S3SigV4Auth):
    pass


def authenticate(request, keys):
    """The key and the scope that a request is signed with.

    :raises Refused: where it is not, or where something that AWS acts on is not signed.
    """
    refusal = Refused(403, "SignatureDoesNotMatch", WITHOUT_KEY)
    claim = AUTHORIZATION.fullmatch(request.headers.get("authorization", ""))
    if claim is None:
        raise Refused(403, "MissingAuthenticationToken", WITHOUT_KEY)
    key = next((it for it in keys if hmac.compare_digest(it.id, claim["key"])), None)
    if key is None:
        raise refusal
    names = claim["headers"].split(";")
    needed = {"host", "x-amz-date"} | {name for name in request.headers if reaches_aws(name)}
    if not needed <= set(names) <= request.headers.keys():
        raise refusal
    sent = request.headers["x-amz-date"]
    digest = hashlib.sha256(request.body).hexdigest()
    if not sent.startswith(claim["date"]) or request.headers.get("x-amz-content-sha256", digest) != digest:
        raise refusal
    if not hmac.compare_digest(signature(request, key, claim, names, sent), claim["signature"]):
        raise refusal
    if abs(datetime.now(timezone.utc) - time_of(sent, refusal)) > VALID_FOR:
        raise Refused(403, "RequestExpired", "The request was signed more than 15 minutes ago, or in the future.")
    return key, Scope(claim["date"], claim["region"], claim["service"])


def signature(request, key, claim, names, sent):
    headers = HTTPHeaders()
    for name in names:
        headers[name] = request.headers[name]
    told = AWSRequest(
        method=request.method,
        url=f"http://{request.headers['host']}{request.target}",
        headers=headers,
        data=request.body,
    )
    told.context["timestamp"] = sent
    kind = BucketSigner if claim["service"] == "s3" else QuerySigner
    signer = kind(Credentials(key.id, key.secret), claim["service"], claim["region"])
    return signer.signature(signer.string_to_sign(told, signer.canonical_request(told)), told)


def time_of(sent, refusal):
    try:
        return datetime.strptime(sent, "%Y%m%dT%H%M%SZ").replace(tzinfo=timezone.utc)
    except ValueError:
        raise refusal from None
