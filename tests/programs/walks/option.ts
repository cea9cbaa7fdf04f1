import type { Walk } from "./walk.ts";

/** An option of a load balancer: `nodeSelector` of Hetzner's, which may arrive late. */
export const option: Walk = {
  adds: "an option of a load balancer",
  limit: 9,
  page: "CONTRIBUTING.md",
  heading: "**An option of a load balancer.**",
  insertions: [
    {
      file: "components/load-balancer/contract/intent-args.ts",
      after: "  readonly location?: string;\n",
      text: `  /**
   * The nodes that it sends traffic to, as a label selector.
   *
   * @default - every node
   */
  readonly nodeSelector?: pulumi.Input<string>;
`,
    },
    {
      file: "components/load-balancer/contract/intent-args.ts",
      after: "  location: true,\n",
      text: "  nodeSelector: true,\n",
    },
    {
      file: "components/load-balancer/options.ts",
      after: "  location: plain(nonEmptyString),\n",
      text: "  nodeSelector: deferrable(nonEmptyString),\n",
    },
    {
      file: "components/load-balancer/dialects/hetzner-cloud.ts",
      after: '    location: { keys: [key("location")] },\n',
      text: '    nodeSelector: { keys: [key("node-selector")] },\n',
    },
    {
      file: "components/load-balancer/dialects/hetzner-cloud.ts",
      after: '        [key("location")]: intent.location,\n',
      text: '        [key("node-selector")]: intent.nodeSelector,\n',
    },
    {
      file: "tests/unit/load-balancer/tables/controllers/hetzner-cloud.ts",
      after: '    location: ["location"],\n',
      text: '    nodeSelector: ["node-selector"],\n',
    },
    {
      file: "tests/unit/load-balancer/tables/controllers/hetzner-cloud.ts",
      after: '    takes("location", { location: "nbg1" }, { location: "nbg1" }),\n',
      text: '    takes("nodeSelector", { nodeSelector: "pool=front" }, { "node-selector": "pool=front" }),\n',
    },
    {
      file: "tests/unit/load-balancer/tables/controllers/hetzner-cloud.ts",
      after:
        '    location: { ...replaced(["nbg1", "hel1"]), added: "invalid", removed: "invalid" },\n',
      text: '    nodeSelector: inPlace(["pool=front", "pool=back"]),\n',
    },
    {
      file: "tests/unit/load-balancer/tables/controllers/hetzner-cloud.ts",
      after:
        '(changeHCLBInfo: another name is sent, and nothing without one)":\n      ["loadBalancerName"],\n',
      text: `    "https://github.com/hetznercloud/hcloud-cloud-controller-manager/blob/v1.35.0/internal/hcops/load_balancer.go (ReconcileHCLBTargets: nodes are selected at each sync)":
      ["nodeSelector"],
`,
    },
    {
      file: "tests/unit/inputs/intent-rows.ts",
      after: "export const intentRows: readonly InputRow[] = [\n",
      text: `  row((value) => ({ cluster: { controller: "HetznerCloud" }, location: "fsn1", nodeSelector: value }), {
    field: "nodeSelector",
    good: "pool=front",
    shows: {
      "Service metadata annotations load-balancer.hetzner.cloud/node-selector": "pool=front",
    },
    bad: "",
    must: NOT_EMPTY,
  }),
`,
    },
    {
      file: "tests/engine/fuzz/arbitraries/intents.ts",
      after: '      fc.record({ location: fc.constantFrom("fsn1", "nbg1") }),\n',
      text: "      most({ nodeSelector: word }),\n",
    },
    {
      file: "docs/guide/load-balancer-service.md",
      after: "| `location` | the place, such as `fsn1` at Hetzner |\n",
      text: "| `nodeSelector` | the nodes that it sends traffic to, at Hetzner |\n",
    },
  ],
  written: [
    "components/validation/argument-shapes.ts",
    "docs/arguments.md",
    "docs/guide/controllers.md",
    "tests/unit/package/api.golden.txt",
    "tests/unit/package/schema.golden.yaml",
  ],
};
