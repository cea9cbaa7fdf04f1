import { join, relative } from "node:path";
import { dataPlaneFiles } from "../cloud/load-balancers/spec.ts";
import { writeAtomically } from "../files/atomic-file.ts";
import { corefileText } from "../formats/corefile.ts";
import type { ProcessSpec } from "../processes/managed-process.ts";
import type { NodeParts } from "./configs.ts";
import { answersInVpc } from "./connect.ts";
import { clusterKey, RESOLVER } from "./names.ts";
import { inNamespace } from "./run-in.ts";

const HEALTH_PORT = 8053;

/** The VPC's resolver: it knows the load balancers' names and no other. */
export function resolver({ paths, toolchain }: NodeParts): ProcessSpec {
  const { hosts } = dataPlaneFiles(paths.loadBalancers);
  const config = corefileText("resolver.conf", [
    {
      words: ["."],
      block: [
        { words: ["bind", RESOLVER] },
        { words: ["errors"] },
        { words: ["health", `${RESOLVER}:${HEALTH_PORT}`] },
        {
          // As seen from where it runs: the path of a checkout may have characters that mean something in this file.
          words: ["hosts", relative(paths.run, hosts)],
          block: [{ words: ["reload", "100ms"] }, { words: ["ttl", 1] }],
        },
      ],
    },
  ]);
  const file = join(paths.run, "resolver.conf");
  writeAtomically(file, config);
  const [command = "", ...namespace] = inNamespace(clusterKey(paths));
  return {
    name: "resolver",
    order: 4,
    command,
    args: [...namespace, toolchain.paths.coredns, `-conf=${file}`],
    restartOn: config,
    isReady: () => answersInVpc(paths, `http://${RESOLVER}:${HEALTH_PORT}/health`),
    readyTimeoutSeconds: 20,
  };
}
