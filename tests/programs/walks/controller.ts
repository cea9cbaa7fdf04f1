import { page } from "../../unit/support/documents.ts";
import type { Walk } from "./walk.ts";

const GUIDE = "docs/guide/adding-a-controller.md";

/** The new files that the guide shows. */
const shown = Object.fromEntries(
  page(GUIDE).blocks.flatMap(({ info, text }) =>
    info.startsWith("ts ") ? [[info.slice("ts ".length), text]] : [],
  ),
);

/** A controller: Cilium's LB IPAM, as in the guide. */
export const controller: Walk = {
  adds: "a controller",
  limit: 8,
  page: GUIDE,
  heading: "These files change",
  files: shown,
  insertions: [
    {
      file: "components/cluster/args.ts",
      after: '  K3sServiceLb: "K3sServiceLb",\n',
      text: '  /** Cilium\'s LB IPAM. */\n  CiliumLbIpam: "CiliumLbIpam",\n',
    },
    {
      file: "components/load-balancer/registry.ts",
      after: 'import { azure } from "./dialects/azure.ts";\n',
      text: 'import { ciliumLbIpam } from "./dialects/cilium-lb-ipam.ts";\n',
    },
    {
      file: "components/load-balancer/registry.ts",
      after: "    [LoadBalancerController.K3sServiceLb]: k3sServiceLb,\n",
      text: "    [LoadBalancerController.CiliumLbIpam]: ciliumLbIpam,\n",
    },
    {
      file: "tests/engine/fuzz/arbitraries/intents.ts",
      after: "  K3sServiceLb: () => nothing,\n",
      text: `  CiliumLbIpam: ({ hasTwoFamilies }) =>
    fc.record({
      staticAddresses: hasTwoFamilies ? fc.tuple(ip, fc.constant("fd00::7")) : fc.tuple(ip),
    }),
`,
    },
    {
      file: "docs/guide/clouds.md",
      after:
        "export const address = front.address;\n```\n\n```yaml\napiVersion: v1\nkind: Service\nmetadata:\n  name: front\n  namespace: shop\nspec:\n  type: LoadBalancer\n  loadBalancerSourceRanges:\n    - 192.0.2.0/24\n  ports:\n    - name: http\n      port: 80\n      targetPort: 8080\n      protocol: TCP\n```\n",
      text: `
## Your own machines: Cilium's LB IPAM

\`\`\`ts
import {
  Backend,
  Entrance,
  Exposure,
  LoadBalancerController,
  LoadBalancerService,
} from "pulumi-kubernetes-services";

const web = new Backend("web", {
  namespace: "shop",
  image: "registry.example/web:1.4.2",
  ports: [{ name: "http", containerPort: 8080 }],
  readinessProbe: { httpGet: { path: "/readyz", port: "http" } },
  entrances: [Entrance.LoadBalancer],
});

new LoadBalancerService("front", {
  cluster: { controller: LoadBalancerController.CiliumLbIpam },
  target: web.target,
  exposure: Exposure.Internal,
  staticAddresses: ["192.0.2.1"],
  ports: [{ port: 80, targetPort: "http" }],
});
\`\`\`
`,
    },
  ],
  written: [
    "docs/guide/controllers.md",
    "tests/unit/package/api.golden.txt",
    "tests/unit/package/schema.golden.yaml",
  ],
};
