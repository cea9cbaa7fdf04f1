import type { core } from "@pulumi/kubernetes/types/input.js";
import type * as pulumi from "@pulumi/pulumi";
import type { Checks } from "../validation/checks.ts";
import { serviceName as serviceNameRule, trueOrFalse } from "../validation/rules.ts";
import { clusterIpService } from "./cluster-ip.ts";
import type { ClusterIpArgs } from "./cluster-ip-args.ts";
import type { TargetPort } from "./target.ts";

/** A headless Service beside a Backend's own Service. */
export interface HeadlessService {
  readonly serviceName: string;
  readonly publishNotReadyAddresses?: pulumi.Input<boolean>;
}

/** Reads the headless Service beside a Backend's own Service. */
export function readHeadlessService(
  checks: Checks,
  args: ClusterIpArgs,
  ports: readonly TargetPort[],
): HeadlessService | undefined {
  const { headless, headlessPublishNotReadyAddresses: early, headlessServiceName: name } = args;
  if (name === undefined) {
    if (early !== undefined) {
      const must = "must not be set without args.headlessServiceName, whose Service it is about";
      checks.report("args.headlessPublishNotReadyAddresses", early, must);
    }
    return undefined;
  }
  const path = "args.headlessServiceName";
  checks.plain(path, name, serviceNameRule);
  if (headless === true) {
    checks.report(path, name, "must not be set with args.headless, which makes one; remove one");
  }
  if (ports.length === 0) {
    checks.report(path, name, "must not be set: there is no port to find; declare it in ports");
  }
  return {
    serviceName: name,
    ...(early === undefined
      ? {}
      : {
          publishNotReadyAddresses: checks.input(
            "args.headlessPublishNotReadyAddresses",
            early,
            trueOrFalse,
          ),
        }),
  };
}

/** The headless Service of Pods with the label `app`, with all of their ports. */
export function headlessService(
  { app, namespace, ports }: { app: string; namespace: string; ports: readonly TargetPort[] },
  { serviceName, ...settings }: HeadlessService,
  labels: Record<string, string>,
): core.v1.Service {
  const served = ports.map((port) => ({ ...port, port: port.containerPort }));
  const clusterIp = { clusterIP: "None", ...settings };
  return clusterIpService({ app, namespace, serviceName, clusterIp, ports: served }, labels);
}
