import { join } from "node:path";
import {
  type ControlPlaneParts,
  healthy,
  NO_PROFILING,
  servingCertificate,
} from "../cluster/control-plane.ts";
import { writeAtomically } from "../files/atomic-file.ts";
import { privateFolder } from "../files/private-folder.ts";
import { iniText } from "../formats/ini.ts";
import type { ProcessSpec } from "../processes/managed-process.ts";
import { type AwsNetwork, CLUSTER_ID } from "./network.ts";
import { AWS_REGION, type AwsAccess, awsEnvironment } from "./simulated-aws.ts";

/** The real AWS cloud controller, which turns Services of type LoadBalancer into load balancers of the simulated AWS. */
export function awsCloudController(
  { paths, pki, ports, toolchain }: ControlPlaneParts,
  access: AwsAccess,
  network: AwsNetwork,
): ProcessSpec {
  const config = cloudConfig(network);
  const path = join(paths.run, "aws-cloud-config.ini");
  privateFolder(paths.run);
  writeAtomically(path, config);
  return {
    name: "aws-cloud-controller-manager",
    order: 5,
    command: toolchain.paths["aws-cloud-controller-manager"],
    args: [
      "--cloud-provider=aws",
      `--cloud-config=${path}`,
      `--kubeconfig=${paths.kubeconfig}`,
      "--leader-elect=false",
      "--configure-cloud-routes=false",
      "--controllers=service-lb-controller",
      "--bind-address=127.0.0.1",
      `--secure-port=${ports.awsController}`,
      NO_PROFILING,
      ...servingCertificate(pki),
    ],
    environment: awsEnvironment(access),
    restartOn: [config, ports.apiServer],
    isReady: () => healthy(ports.awsController, pki),
    readyTimeoutSeconds: 60,
  };
}

/** With network, subnet and cluster id given, the controller never asks the instance metadata of a real machine. */
function cloudConfig({
  vpcId,
  subnetIds,
  instances,
}: Pick<AwsNetwork, "instances" | "subnetIds" | "vpcId">): string {
  return iniText("aws-cloud-config.ini", "Global", {
    Region: AWS_REGION,
    Zone: instances[0]?.zone ?? "",
    VPC: vpcId,
    SubnetID: subnetIds[0] ?? "",
    KubernetesClusterID: CLUSTER_ID,
  });
}
