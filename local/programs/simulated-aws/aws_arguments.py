"""Refuses the arguments that AWS refuses and moto takes: what is not fit to be a name, a path or a port does not enter the simulation.

What botocore's description of load balancing says (lengths, ranges, patterns, the words to choose from) is checked as it stands there;
what only AWS's documentation says is in `DOCUMENTED`.
"""

import re
import unicodedata
from ipaddress import ip_address

from aws_errors import Refused

DESCRIBED = ("elb", "elbv2")


def letters_of(pattern, rule):
    return lambda text: None if re.fullmatch(pattern, text) else rule


def balancer_name(text, what="load balancer"):
    """https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html"""
    if not 1 <= len(text) <= 32:
        return f"The {what} name must have 1 to 32 characters"
    if not re.fullmatch("[A-Za-z0-9-]+", text):
        return f"The {what} name can only contain characters that are alphanumeric characters and hyphens(-)"
    if text.startswith("-") or text.endswith("-"):
        return f"The {what} name cannot begin or end with '-'"
    return None


def network_balancer_name(text):
    return "The load balancer name cannot begin with 'internal-'" if text.startswith("internal-") else balancer_name(text)


def health_check_port(text):
    is_port = re.fullmatch("[0-9]{1,5}", text) and 1 <= int(text) <= 65535
    return None if is_port or text == "traffic-port" else "The health check port must be 'traffic-port' or a port from 1 to 65535"


def target_id(text):
    """https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetDescription.html"""
    if re.fullmatch("i-[0-9a-f]{8,17}", text) or re.fullmatch("arn:[A-Za-z0-9:/_.-]+", text):
        return None
    try:
        return None if "%" not in text and ip_address(text) else "The target ID is not valid"
    except ValueError:
        return "The target ID must be an instance, an IP address or an ARN"


path = letters_of("/[\x21-\x7e]*", "The health check path must begin with '/' and have no blanks")
printable = letters_of("[\x20-\x7e]*", "The value must consist of printable characters")
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html
group_text = letters_of(
    r"[A-Za-z0-9 ._\-:/()#,@\[\]+=&;{}!$*]{1,255}",
    "Character sets beyond ASCII are not supported; a-z, A-Z, 0-9, spaces and ._-:/()#,@[]+=&;{}!$* are",
)


def ec2_tag(text):
    """https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Tags.html"""
    return "Tags may have 256 characters, and none that controls" if len(text) > 256 or is_controlling(text) else None


def ec2_tag_key(text):
    if not text or len(text) > 128 or is_controlling(text):
        return "Tag keys must have 1 to 128 characters, and none that controls"
    return "Tag keys starting with 'aws:' are reserved for internal use" if text.startswith("aws:") else None


def is_controlling(text):
    return any(unicodedata.category(letter) == "Cc" for letter in text)


# By service and place: the names of the members from the operation on, lists left out.
DOCUMENTED = {
    ("elbv2", "CreateLoadBalancer.Name"): network_balancer_name,
    ("elbv2", "CreateTargetGroup.Name"): lambda text: balancer_name(text, "target group"),
    ("elbv2", "CreateTargetGroup.HealthCheckPort"): health_check_port,
    ("elbv2", "ModifyTargetGroup.HealthCheckPort"): health_check_port,
    ("elbv2", "CreateTargetGroup.HealthCheckPath"): path,
    ("elbv2", "ModifyTargetGroup.HealthCheckPath"): path,
    ("elbv2", "CreateTargetGroup.Matcher.HttpCode"): letters_of("[0-9,-]+", "The HTTP codes must be numbers or ranges"),
    ("elbv2", "ModifyTargetGroup.Matcher.HttpCode"): letters_of("[0-9,-]+", "The HTTP codes must be numbers or ranges"),
    ("elbv2", "RegisterTargets.Targets.Id"): target_id,
    ("elbv2", "ModifyLoadBalancerAttributes.Attributes.Value"): printable,
    ("elbv2", "ModifyTargetGroupAttributes.Attributes.Value"): printable,
    ("elb", "CreateLoadBalancer.LoadBalancerName"): balancer_name,
    ("elb", "ConfigureHealthCheck.HealthCheck.Target"): letters_of(
        "(TCP|SSL):[0-9]{1,5}|HTTPS?:[0-9]{1,5}/[\x21-\x7e]*", "HealthCheck Target must be a protocol, a port and a path"
    ),
    ("ec2", "CreateSecurityGroup.GroupName"): group_text,
    ("ec2", "CreateSecurityGroup.Description"): group_text,
    ("ec2", "CreateTags.Tags.Key"): ec2_tag_key,
    ("ec2", "CreateTags.Tags.Value"): ec2_tag,
}


def check_arguments(service, operation, arguments):
    """Checks what moto has understood of the arguments.

    :raises Refused: as AWS does.
    """
    for place, shape, value in members(operation.input_shape, arguments, operation.name):
        documented = DOCUMENTED.get((service, place))
        problem = documented(value) if documented and isinstance(value, str) else None
        if problem is None and service in DESCRIBED:
            problem = against_description(shape, value)
        if problem is not None:
            code = "InvalidParameterValue" if service == "ec2" else "ValidationError"
            raise Refused(400, code, f"{problem}: {place}")


def members(shape, value, place):
    """Everything that is said, with its description and its place."""
    yield place, shape, value
    if shape.type_name == "structure" and isinstance(value, dict):
        for name, member in value.items():
            if name in shape.members:
                yield from members(shape.members[name], member, f"{place}.{name}")
    elif shape.type_name == "list" and isinstance(value, list):
        for member in value:
            yield from members(shape.member, member, place)


def against_description(shape, value):
    rules = shape.metadata
    size = value if isinstance(value, int) else len(value) if isinstance(value, (str, list)) else None
    if size is not None and not rules.get("min", size) <= size <= rules.get("max", size):
        return f"Member must have a value or a length from {rules.get('min', 0)} to {rules.get('max', 'any')}"
    if not isinstance(value, str):
        return None
    if "enum" in rules and value not in rules["enum"]:
        return f"Member must satisfy enum value set: [{', '.join(rules['enum'])}]"
    if "pattern" in rules and not follows(rules["pattern"], value):
        return f"Member must satisfy regular expression pattern: {rules['pattern']}"
    return None


def follows(pattern, text):
    if "\\p{" in pattern:  # the one of tags, for which Python has no letters
        return all(unicodedata.category(letter)[0] in "LZN" or letter in "_.:/=+-@" for letter in text)
    return re.fullmatch(pattern, text) is not None
