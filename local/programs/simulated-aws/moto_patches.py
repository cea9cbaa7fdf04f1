"""Answers of load balancing as AWS gives them, where moto gives others and the cloud controller or a reader relies on it.

What is mended here is only what AWS documents; moto still takes arguments that AWS would refuse.
"""

import copy
import functools

from moto.ec2.exceptions import RulesPerSecurityGroupLimitExceededError
from moto.ec2.models import security_groups
from moto.elb import models as elb
from moto.elbv2 import models as elbv2
from moto.elbv2.exceptions import (
    DuplicateListenerError,
    DuplicateLoadBalancerName,
    DuplicateTargetGroupName,
)
from moto.moto_api._internal import mock_random

RULES_PER_GROUP = 1000


def around(owner, name):
    """Replaces a method by one that is given the original first."""

    def decorate(replacement):
        original = getattr(owner, name)

        @functools.wraps(original)
        def method(*arguments, **options):
            return replacement(original, *arguments, **options)

        setattr(owner, name, method)
        return replacement

    return decorate


def mend_repeated_creation():
    """AWS: asking again for what is there with the same settings gives it, also to a client whose first answer was lost; other settings
    are refused. moto refuses both or, where it looks for a name or a port among ARNs, makes another. A controller whose listener was
    refused would never get over it.
    https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html"""

    def once(method, existing, refusal):
        @around(elbv2.ELBv2Backend, method)
        def create(original, self, *arguments, **options):
            tags = {tag["Key"]: tag["Value"] for tag in options.get("tags") or []}  # in no order
            asked = copy.deepcopy((arguments, {**options, "tags": tags}))
            found = next(iter(existing(self, *arguments, **options)), None)
            if found is None:
                found = original(self, *arguments, **options)
                found.asked = asked
            elif found.asked != asked:
                raise refusal()
            return found

    def balancers_named(self, name, **_):
        return [it for it in self.load_balancers.values() if it.name == name]

    def groups_named(self, name, **_):
        return [it for it in self.target_groups.values() if it.name == name]

    def listeners_of_port(self, load_balancer_arn, port, **_):
        balancer = self.load_balancers.get(load_balancer_arn)
        listeners = balancer.listeners.values() if balancer else []
        return [it for it in listeners if str(it.port) == str(port)]

    once("create_load_balancer", balancers_named, DuplicateLoadBalancerName)
    once("create_target_group", groups_named, DuplicateTargetGroupName)
    once("create_listener", listeners_of_port, DuplicateListenerError)


def mend_security_groups():
    """AWS: an account has room for 60 rules in a group, or 1,000 if that is raised, as for many load balancers; moto keeps to 60.
    https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-security-groups"""

    def respect_raised_limit(self, group, current_rule_nb, ip_ranges, source_groups=None, egress=False):
        if current_rule_nb + len(ip_ranges or []) + len(source_groups or []) > RULES_PER_GROUP:
            raise RulesPerSecurityGroupLimitExceededError

    security_groups.SecurityGroupBackend._verify_group_will_respect_rule_count_limit = respect_raised_limit


def mend_load_balancers():
    @around(elbv2.FakeLoadBalancer, "__init__")
    def initialise(original, self, *arguments, **options):
        original(self, *arguments, **options)
        # AWS: a load balancer whose scheme was not said is internet-facing; moto answers nothing.
        self.scheme = self.scheme or "internet-facing"
        # AWS: `<name>-<16 hex>.elb.<region>.amazonaws.com` for network load balancers; moto gives them the Classic form
        # `….<region>.elb.amazonaws.com`, which the controller takes for a Classic one at its second sync and refuses
        # ("cannot update Load Balancer Type annotation").
        if self.type == "network":
            region, identifier = self.arn.split(":")[3], self.arn.rsplit("/", 1)[1]
            self.dns_name = f"{self.name}-{identifier}.elb.{region}.amazonaws.com"


def mend_network_load_balancers():
    @around(elbv2.ELBv2Backend, "create_load_balancer")
    def create_load_balancer(original, self, *arguments, **options):
        balancer = original(self, *arguments, **options)
        # AWS: DescribeLoadBalancers shows the Elastic IP or the private address of each subnet; moto forgets them.
        balancer.addresses = {mapping["SubnetId"]: mapping for mapping in options.get("subnet_mappings") or []}
        return balancer

    def availability_zones(self):
        return [
            {
                "SubnetId": subnet.id,
                "ZoneName": subnet.availability_zone,
                "LoadBalancerAddresses": [
                    {key: value for key, value in getattr(self, "addresses", {}).get(subnet.id, {}).items() if key in ADDRESS_KEYS}
                ],
            }
            for subnet in self.subnets
        ]

    elbv2.FakeLoadBalancer.availability_zones = property(availability_zones)

    @around(elbv2.ELBv2Backend, "modify_listener")
    def modify_listener(original, self, arn, port, protocol, *arguments, **options):
        # AWS: the protocols of network load balancers may be named; moto knows TCP alone, and certificates behind HTTPS alone.
        known = {"TLS": "HTTPS", "UDP": "TCP", "TCP_UDP": "TCP"}.get(protocol, protocol)
        listener = original(self, arn, port, known, *arguments, **options)
        listener.protocol = protocol or listener.protocol
        # AWS: a target group belongs to the load balancers that forward to it; moto knows those of the listener's creation alone.
        for group in forwarded_to(listener):
            owners = self.target_groups[group].load_balancer_arns
            if listener.load_balancer_arn not in owners:
                owners.append(listener.load_balancer_arn)
        return listener

    @around(elbv2.FakeListener, "__init__")
    def initialise_listener(original, self, *arguments, **options):
        original(self, *arguments, **options)
        # AWS: only a listener that takes TLS has a policy; moto gives every one its default, which makes the controller modify it at
        # every sync.
        if self.protocol in ("TCP", "UDP", "TCP_UDP"):
            self.ssl_policy = None

    @around(elbv2.FakeTargetGroup, "__init__")
    def initialise_target_group(original, self, *arguments, **options):
        original(self, *arguments, **options)
        # AWS: target groups of network load balancers have these attributes, with these defaults; moto has none of them, and the
        # controller leaves out what is not there.
        if self.protocol in ("TCP", "UDP", "TCP_UDP", "TLS"):
            self.attributes["proxy_protocol_v2.enabled"] = "false"
            self.attributes["preserve_client_ip.enabled"] = "true" if self.target_type == "instance" else "false"


def forwarded_to(listener):
    return [action.data["TargetGroupArn"] for action in listener.default_actions if "TargetGroupArn" in action.data]


ADDRESS_KEYS = ("AllocationId", "PrivateIPv4Address")


def mend_classic_load_balancers():
    @around(elb.ELBBackend, "create_load_balancer")
    def create_load_balancer(original, self, name, zones, ports, *arguments, **options):
        balancer = original(self, name, zones, ports, *arguments, **options)
        # AWS: `[internal-]<name>-<digits>.<region>.elb.amazonaws.com`; moto has no digits, and one region for all.
        prefix = "internal-" if balancer.scheme == "internal" else ""
        digits = mock_random.randint(10**8, 10**10 - 1)
        balancer.dns_name = f"{prefix}{name}-{digits}.{self.region_name}.elb.amazonaws.com"
        # AWS: a load balancer asks the port of its first listener until it is told otherwise; moto answers without a health check, which
        # ends the controller.
        target = f"TCP:{balancer.listeners[0].instance_port}"
        balancer.health_check = elb.FakeHealthCheck("5", "10", "2", "30", target)
        remember_instance_protocols(balancer, ports)
        return balancer

    @around(elb.ELBBackend, "create_load_balancer_listeners")
    def create_load_balancer_listeners(original, self, name, ports):
        balancer = original(self, name, ports)
        remember_instance_protocols(balancer, ports)
        # AWS: what is behind a listener has policies from when there is a listener; moto knows those of the creation alone.
        known = {str(backend.instance_port) for backend in balancer.backends}
        for instance_port in {str(listener.instance_port) for listener in balancer.listeners} - known:
            balancer.backends.append(elb.FakeBackend(instance_port))
        return balancer

    # AWS: the protocol behind a listener may be another one than in front of it; moto has one for both.
    elb.FakeListener.instance_protocol = property(lambda self: getattr(self, "spoken_behind", self.protocol))

    def delete_load_balancer_listeners(self, name, ports):
        # AWS: the listeners of these ports are gone and all others stay; with two ports, moto keeps all and has some twice.
        balancer = self.get_load_balancer(name)
        gone = {int(port) for port in ports}
        balancer.listeners = [it for it in balancer.listeners if int(it.load_balancer_port) not in gone]
        return balancer

    elb.ELBBackend.delete_load_balancer_listeners = delete_load_balancer_listeners


def remember_instance_protocols(balancer, ports):
    protocols = {str(port["LoadBalancerPort"]): port.get("InstanceProtocol") for port in ports}
    for listener in balancer.listeners:
        spoken = protocols.get(str(listener.load_balancer_port))
        if spoken:
            listener.spoken_behind = spoken.upper()
