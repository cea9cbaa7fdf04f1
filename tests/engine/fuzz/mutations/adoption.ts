import type { BackendArgs } from "../../../../components/index.ts";
import { PROGRAM } from "../settings.ts";
import { served } from "./bases.ts";
import { breaks, type Mutation } from "./mutation.ts";

const COMPONENTS = ["Backend", "LoadBalancerService", "NodePortService"] as const;

const DEPLOYMENT = "kubernetes:apps/v1:Deployment";
const SERVICE = "kubernetes:core/v1:Service";
const { project, stack } = PROGRAM;
const urn = (type: string) => `urn:pulumi:${stack}::${project}::${type}::web`;

/** What is no URN of a resource of a type of this program. */
const notUrns = (type: string) => [
  ...["", "web", "default/web", 1, null, {}],
  ...[urn(""), urn(`${type}$shop:index:Shop`), urn(`${type}Patch`), urn(type).toUpperCase()],
  ...[urn(type).replace(`:${stack}:`, ":prod:"), urn(type).replace(`:${project}:`, ":other:")],
  ...[urn(type).replace("::web", "::"), urn(type).replace("::web", "")],
  urn(type === SERVICE ? DEPLOYMENT : SERVICE),
];

/** The rules of what a component may take over. */
export const adoption: readonly Mutation[] = [
  ...COMPONENTS.map((it) => breaks("adopt: an object", it, "adopt", [null, urn(SERVICE), 1, []])),
  breaks(
    "adopt: a Deployment of the stack",
    "Backend",
    "adopt.deploymentUrn",
    notUrns(DEPLOYMENT),
    {
      args: { adopt: {} },
    },
  ),
  ...COMPONENTS.map((it) =>
    breaks("adopt: a Service of the stack", it, "adopt.serviceUrn", notUrns(SERVICE), {
      args: (args: BackendArgs) => ({ ...(it === "Backend" ? served(args) : {}), adopt: {} }),
    }),
  ),
  breaks("adopt: a Service where there is one", "Backend", "adopt.serviceUrn", [urn(SERVICE)], {
    args: (args: BackendArgs) => ({
      ...served(args),
      ...{ ports: [{ name: "one", containerPort: 8001 }], adopt: {} },
    }),
  }),
];
