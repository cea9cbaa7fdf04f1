import { Eip } from "@pulumi/aws/ec2/eip.js";
import * as pulumi from "@pulumi/pulumi";
import { Checks } from "../validation/checks.ts";
import { type ElasticIpsArgs, readElasticIps } from "./elastic-ips-args.ts";

/**
 * Addresses that outlive the load balancer: one Elastic IP for each of its subnets.
 *
 * ```ts
 * const addresses = new ElasticIps("shop", {
 *   subnets: ["subnet-0a1b2c3d4e5f67890", "subnet-0f9e8d7c6b5a43210"],
 * });
 *
 * export const publicIps = addresses.publicIps;
 * ```
 *
 * A load balancer uses them with `staticAddresses: addresses.allocationIds` and `subnets: addresses.subnets`, which AWS
 * pairs by their order.
 */
export class ElasticIps extends pulumi.ComponentResource {
  /** The allocation ids for a load balancer, in the order of the subnets. */
  readonly allocationIds: pulumi.Output<string>[];
  /** The addresses, in the order of the subnets, for the firewalls of clients. */
  readonly publicIps: pulumi.Output<string>[];
  /** The subnets, in their order. */
  readonly subnets: pulumi.Output<string>[];

  /**
   * Allocates the addresses.
   *
   * @param name The component's name.
   * @param args The subnets.
   * @param opts Pulumi's options; `protect` keeps the addresses, on which partners may rely.
   * @throws InvalidArgsError with every problem in the arguments.
   */
  constructor(name: string, args: ElasticIpsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("pulumi-kubernetes-services:index:ElasticIps", name, {}, opts);
    const checks = new Checks({ type: "ElasticIps", name, resource: this });
    const { subnets, ...regional } = readElasticIps(checks, args);
    checks.done();

    const addresses = subnets.map(
      (_, index) => new Eip(`${name}-${index}`, { domain: "vpc", ...regional }, { parent: this }),
    );
    this.allocationIds = addresses.map(({ allocationId }) => allocationId);
    this.publicIps = addresses.map(({ publicIp }) => publicIp);
    this.subnets = subnets.map((subnet) => pulumi.output(subnet));
    this.registerOutputs({
      allocationIds: this.allocationIds,
      publicIps: this.publicIps,
      subnets: this.subnets,
    });
  }
}
