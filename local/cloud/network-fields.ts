import { Fields } from "../formats/fields.ts";
import type { AwsNetwork } from "./network.ts";

const LONGEST_ID = 40;

/**
 * Gives a network back whose names and addresses are what AWS gives: they go into configurations, arguments and names of nodes.
 *
 * @throws UserError that names the field
 */
export function checkedNetwork(network: AwsNetwork): AwsNetwork {
  const fields = new Fields("the network of the simulated AWS");
  const id = (field: string, value: string, kind: string) =>
    fields.matching(
      field,
      value,
      new RegExp(`^${kind}-[0-9a-f]+$`),
      `an id of a ${kind}`,
      LONGEST_ID,
    );
  id("vpcId", network.vpcId, "vpc");
  id("securityGroupId", network.securityGroupId, "sg");
  for (const [index, subnet] of network.subnetIds.entries()) {
    id(`subnetIds[${index}]`, subnet, "subnet");
  }
  for (const [index, instance] of network.instances.entries()) {
    const at = `instances[${index}]`;
    const zone = /^[a-z]{2}(?:-[a-z]+)+-\d[a-z]$/;
    fields.matching(`${at}.zone`, instance.zone, zone, "a zone", LONGEST_ID);
    id(`${at}.instanceId`, instance.instanceId, "i");
    fields.hostName(`${at}.privateDnsName`, instance.privateDnsName);
    fields.ipv4(`${at}.privateIpAddress`, instance.privateIpAddress);
  }
  return network;
}
