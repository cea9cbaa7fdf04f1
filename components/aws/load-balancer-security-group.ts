import { SecurityGroup } from "@pulumi/aws/ec2/securityGroup.js";
import { SecurityGroupEgressRule } from "@pulumi/aws/vpc/securityGroupEgressRule.js";
import { SecurityGroupIngressRule } from "@pulumi/aws/vpc/securityGroupIngressRule.js";
import * as pulumi from "@pulumi/pulumi";
import { Checks } from "../validation/checks.ts";
import {
  type LoadBalancerSecurityGroupArgs,
  readLoadBalancerSecurityGroup,
} from "./load-balancer-security-group-args.ts";
import { egressRules, ingressRules } from "./security-group-rules.ts";

/** AWS replaces the group if this text changes. */
const DESCRIPTION = "Who may connect to a front, and what it may connect to";

/**
 * A firewall for a load balancer: which ranges may connect to which ports.
 *
 * ```ts
 * const firewall = new LoadBalancerSecurityGroup("shop", {
 *   vpcId: "vpc-0a1b2c3d4e5f67890",
 *   ports: [{ port: 443 }],
 *   sourceRanges: ["198.51.100.0/24", "2001:db8::/32"],
 * });
 *
 * export const securityGroupId = firewall.securityGroupId;
 * ```
 *
 * A load balancer uses it with `securityGroups: [firewall.securityGroupId]`.
 */
export class LoadBalancerSecurityGroup extends pulumi.ComponentResource {
  /** The group. */
  readonly securityGroup: SecurityGroup;
  /** The group's id, once all of its rules exist. Resources that use this output are deleted before the group. */
  readonly securityGroupId: pulumi.Output<string>;

  /**
   * Creates the group and its rules.
   *
   * @param name The component's name.
   * @param args The network, the ports and the ranges.
   * @param opts Pulumi's options; their AWS provider decides the account.
   * @throws InvalidArgsError with every problem in the arguments.
   */
  constructor(
    name: string,
    args: LoadBalancerSecurityGroupArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("pulumi-kubernetes-services:index:LoadBalancerSecurityGroup", name, {}, opts);
    const checks = new Checks({ type: "LoadBalancerSecurityGroup", name, resource: this });
    const { ports, sourceRanges, targetRanges, vpcId, ...regional } = readLoadBalancerSecurityGroup(
      checks,
      args,
    );
    checks.done();

    const options = { parent: this };
    const group = { vpcId, description: DESCRIPTION, ...regional };
    this.securityGroup = new SecurityGroup(name, group, options);
    const common = { securityGroupId: this.securityGroup.id, ...regional };
    const ingress = [...ingressRules({ ports, sourceRanges })].map(
      ([key, rule]) =>
        new SecurityGroupIngressRule(`${name}-${key}`, { ...common, ...rule }, options),
    );
    const egress = [...egressRules(targetRanges)].map(
      ([key, rule]) =>
        new SecurityGroupEgressRule(`${name}-${key}`, { ...common, ...rule }, options),
    );
    // A rule's own id is unknown in the preview that creates it, which would make the load balancer's annotation
    // unknown.
    const stated = [...ingress, ...egress].map(({ securityGroupId }) => securityGroupId);
    this.securityGroupId = pulumi
      .all([this.securityGroup.id, pulumi.all(stated)])
      .apply(([securityGroupId]) => securityGroupId);
    this.registerOutputs({
      securityGroup: this.securityGroup,
      securityGroupId: this.securityGroupId,
    });
  }
}
