"""What a request asks of AWS: decided once, by the code of moto that carries it out, before anything is carried out.

A call is one of the services in use and one of that service's own operations; everything else is refused. What is not listed here as
reading is a change.
"""

import base64
import functools
import io
from urllib.parse import unquote_to_bytes, urlsplit

import moto.core.responses
from aws_arguments import check_arguments
from aws_errors import Answer, Refused, malformed
from aws_signature import Scope, reaches_aws
from botocore.exceptions import ClientError
from moto.acm.models import acm_backends
from moto.acm.responses import AWSCertificateManagerResponse
from moto.core import DEFAULT_ACCOUNT_ID
from moto.core.request import Request
from moto.core.utils import camelcase_to_underscores, get_service_model
from moto.ec2.models import ec2_backends
from moto.ec2.responses import EC2Response
from moto.elb.models import elb_backends
from moto.elb.responses import ELBResponse
from moto.elbv2.models import elbv2_backends
from moto.elbv2.responses import ELBV2Response
from moto.route53.responses import Route53
from moto.s3.responses import S3Response
from moto.sts.responses import TokenResponse

# moto looks through a service's hundreds of methods at every request.
method_names = functools.cache(moto.core.responses.method_names_from_class)
moto.core.responses.method_names_from_class = method_names

READING = {
    "acm": {"DescribeCertificate", "ListCertificates", "ListTagsForCertificate"},
    "ec2": {
        "DescribeAccountAttributes",
        "DescribeAddresses",
        "DescribeAvailabilityZones",
        "DescribeInstanceStatus",
        "DescribeInstanceTypes",
        "DescribeInstances",
        "DescribeInternetGateways",
        "DescribeNetworkInterfaces",
        "DescribeRegions",
        "DescribeRouteTables",
        "DescribeSecurityGroupRules",
        "DescribeSecurityGroups",
        "DescribeSubnets",
        "DescribeTags",
        "DescribeVolumes",
        "DescribeVpcs",
    },
    "elb": {
        "DescribeInstanceHealth",
        "DescribeLoadBalancerAttributes",
        "DescribeLoadBalancerPolicies",
        "DescribeLoadBalancers",
        "DescribeTags",
    },
    "elbv2": {
        "DescribeAccountLimits",
        "DescribeListenerAttributes",
        "DescribeListenerCertificates",
        "DescribeListeners",
        "DescribeLoadBalancerAttributes",
        "DescribeLoadBalancers",
        "DescribeRules",
        "DescribeSSLPolicies",
        "DescribeTags",
        "DescribeTargetGroupAttributes",
        "DescribeTargetGroups",
        "DescribeTargetHealth",
    },
    "route53": {"GetChange", "GetHostedZone", "ListHostedZones", "ListHostedZonesByName", "ListResourceRecordSets"},
    "s3": {
        "GetBucketEncryption",
        "GetBucketLifecycleConfiguration",
        "GetBucketPolicy",
        "GetPublicAccessBlock",
        "ListBuckets",
    },
    "sts": {"GetCallerIdentity"},
}


class BucketResponse(S3Response):
    """Of S3, the settings of buckets by their path; moto has more, and no one place where it decides."""

    ACTIONS = {
        ("GET", "encryption"): "GetBucketEncryption",
        ("GET", "lifecycle"): "GetBucketLifecycleConfiguration",
        ("GET", "policy"): "GetBucketPolicy",
        ("GET", "publicAccessBlock"): "GetPublicAccessBlock",
        ("PUT", "encryption"): "PutBucketEncryption",
        ("PUT", "lifecycle"): "PutBucketLifecycleConfiguration",
        ("PUT", "policy"): "PutBucketPolicy",
        ("PUT", "publicAccessBlock"): "PutPublicAccessBlock",
        ("PUT", ""): "CreateBucket",
    }

    def _get_action(self):
        """moto goes by the method and by which of these keys is in the query: nothing else may be there."""
        request = self.normalized_request
        path = request.raw_path.removeprefix("/")
        if (request.method, path, request.query_string) == ("GET", "", b""):
            return "ListBuckets"
        keys = [*request.args.items(multi=True)] or [("", "")]
        if not path or "/" in path or len(keys) > 1 or keys[0][1]:
            return None
        return self.ACTIONS.get((request.method, keys[0][0]))

    def call_action(self):
        return self.bucket_response(self.normalized_request, self.uri, self.headers)


def load_balancing(request):
    kinds = {"2012-06-01": ELBResponse, "2015-12-01": ELBV2Response}
    return kinds[request.values["Version"]]()


RESPONSES = {
    "acm": lambda _: AWSCertificateManagerResponse(),
    "ec2": lambda _: EC2Response(),
    "elasticloadbalancing": load_balancing,
    "route53": lambda _: Route53(),
    "s3": lambda _: BucketResponse(),
    "sts": lambda _: TokenResponse(),
}


def make_backends(region):
    """Makes what moto makes of itself before the first request to a service, such as the default network: its ids are always the same."""
    for backends in (ec2_backends, elb_backends, elbv2_backends, acm_backends):
        backends[DEFAULT_ACCOUNT_ID][region]  # noqa: B018: looking is making


class Call:
    """A request, and what moto understands by it."""

    def __init__(self, scope, request, headers=None):
        """:raises Refused: where moto understands nothing, or something that is not served."""
        self.scope = scope
        self.request = request
        self.headers = meant_headers(request) if headers is None else headers
        self.response = self.understood()
        service = self.response.service_name
        self.name = f"{service}:{self.action}"
        self.changes = self.action not in READING[service]

    @property
    def is_load_balancing(self):
        return self.scope.service == "elasticloadbalancing"

    def understood(self):
        if self.scope.service not in RESPONSES:
            raise Refused(400, "UnknownService", "This simulated AWS serves " + ", ".join(RESPONSES) + ".")
        request = Request(self.environ())
        try:
            response = RESPONSES[self.scope.service](request)
            response.setup_class(request, request.raw_url, request.headers)
            self.action = response._get_action()
        except Exception as error:  # whatever moto stumbles over is not carried out
            raise malformed(f"The request cannot be understood: {type(error).__name__}.") from error
        # The method that moto is going to call is that of this action.
        response._get_action = lambda: self.action
        model = get_service_model(response.boto3_service_name)
        if self.action not in model.operation_names or not has_method(response, self.action):
            raise Refused(400, "InvalidAction", "The request names no action that this simulated AWS has.")
        if response.automated_parameter_parsing:
            check_arguments(response.service_name, model.operation_model(self.action), response.params)
        return response

    def environ(self):
        """What moto sees of the request; the same when it is carried out again."""
        url = urlsplit(self.request.target)
        environ = {
            "CONTENT_LENGTH": str(len(self.request.body)),
            "HTTP_AUTHORIZATION": f"AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/{self.scope}",
            "HTTP_HOST": "localhost",
            "PATH_INFO": unquote_to_bytes(url.path).decode("latin-1"),
            "QUERY_STRING": url.query,
            "RAW_URI": self.request.target,
            "REQUEST_METHOD": self.request.method,
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "wsgi.input": io.BytesIO(self.request.body),
            "wsgi.url_scheme": "http",
        }
        for name, value in self.headers.items():
            key = name.upper().replace("-", "_")
            environ[key if key == "CONTENT_TYPE" else f"HTTP_{key}"] = value
        return environ

    def entry(self):
        """How the journal has it: without anything that a key or a signature could be made of."""
        return {
            "action": self.name,
            "scope": str(self.scope),
            "method": self.request.method,
            "target": self.request.target,
            "headers": self.headers,
            "body": base64.b64encode(self.request.body).decode(),
        }

    def carry_out(self):
        try:
            status, headers, body = self.response.call_action()
        except ClientError as error:
            status, headers, body = 400, {}, error.response["Error"]["Message"]
        body = body.encode() if isinstance(body, str) else bytes(body or b"")
        return Answer(int(status), {"Content-Type": "text/xml", **headers}, body)


def meant_headers(request):
    """Of the headers, those that say something about the call: they are signed, and none of them is about the signature."""
    of_signature = ("x-amz-content-sha256", "x-amz-date", "x-amz-security-token")
    return {name: value for name, value in request.headers.items() if reaches_aws(name) and name not in of_signature}


def has_method(response, action):
    """Of S3, every action is one that was written down here."""
    return isinstance(response, BucketResponse) or camelcase_to_underscores(action) in method_names(type(response))


def call_of_entry(entry, received):
    """The call that an entry of the journal was written for.

    :raises ValueError: where moto now understands something else.
    """
    date, region, service, _ = entry["scope"].split("/")
    request = received(entry["method"], entry["target"], {}, base64.b64decode(entry["body"]))
    try:
        call = Call(Scope(date, region, service), request, entry["headers"])
    except Refused as refusal:
        raise ValueError(refusal.message) from refusal
    if call.name != entry["action"]:
        raise ValueError(f"{entry['action']} is now {call.name}")
    return call
