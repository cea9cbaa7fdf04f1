import { SecurityGroup } from "@pulumi/aws/ec2/securityGroup.js";
import { SecurityGroupEgressRule } from "@pulumi/aws/vpc/securityGroupEgressRule.js";
import { SecurityGroupIngressRule } from "@pulumi/aws/vpc/securityGroupIngressRule.js";
import * as pulumi from "@pulumi/pulumi";
import { Checks } from "../validation/checks.ts";
import {
  type FrontSecurityGroupArgs,
  readFrontSecurityGroup,
} from "./load-balancer-security-group-args.ts";
import { egressRules, ingressRules } from "./security-group-rules.ts";

/** AWS makes a new group for another text. */
const DESCRIPTION = "Who may connect to a front, and what it may connect to";

/**
 * A firewall around a load balancer: who may connect to which ports.
 *
 * ```ts
 * const firewall = new FrontSecurityGroup("shop", {
 *   vpcId: "vpc-0a1b2c3d4e5f67890",
 *   ports: [{ port: 443 }],
 *   sourceRanges: ["198.51.100.0/24", "2001:db8::/32"],
 * });
 *
 * export const securityGroupId = firewall.securityGroupId;
 * ```
 *
 * A load balancer takes it by `securityGroups: [firewall.securityGroupId]`.
 */
export class FrontSecurityGroup extends pulumi.ComponentResource {
  /** The group. */
  readonly securityGroup: SecurityGroup;
  /** The group's id once all of its rules stand. Whatever takes it is deleted before the group. */
  readonly securityGroupId: pulumi.Output<string>;

  /**
   * Makes the group and its rules.
   *
   * @param name The component's name.
   * @param args The network, the ports and the ranges.
   * @param opts Pulumi's options; the provider of AWS among them decides the account.
   * @throws InvalidArgsError with every problem in the arguments.
   */
  constructor(name: string, args: FrontSecurityGroupArgs, opts?: pulumi.ComponentResourceOptions) {
    super("pulumi-kubernetes-services:index:FrontSecurityGroup", name, {}, opts);
    const checks = new Checks({ type: "FrontSecurityGroup", name, resource: this });
    const { ports, sourceRanges, targetRanges, vpcId, ...regional } = readFrontSecurityGroup(
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
    // Their own id would be unknown in the preview of every new rule, and with it the load balancer's.
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
