import type { Walk } from "./walk.ts";

/** A field of a Backend: `schedulerName` of the Pods. */
export const backendField: Walk = {
  adds: "a field of Backend",
  limit: 8,
  page: "CONTRIBUTING.md",
  heading: "**A field of `Backend`.**",
  insertions: [
    {
      file: "components/backend/args.ts",
      after: "  readonly entrances?: Entrance[];\n",
      text: `  /**
   * The scheduler that chooses the Pods' nodes.
   *
   * @default - the cluster's default scheduler
   */
  readonly schedulerName?: pulumi.Input<string>;
`,
    },
    {
      file: "components/backend/args.ts",
      after: "  entrances: true,\n",
      text: "  schedulerName: true,\n",
    },
    {
      file: "components/backend/normalize.ts",
      after: "    ...readPullPolicy(checks, args),\n",
      text: "    ...readSchedulerName(checks, args),\n",
    },
    {
      file: "components/backend/normalize.ts",
      after:
        '    : { imagePullPolicy: checks.plain("args.imagePullPolicy", imagePullPolicy, right) };\n}\n',
      text: `
function readSchedulerName(checks: Checks, { schedulerName }: BackendArgs) {
  return schedulerName === undefined
    ? {}
    : { schedulerName: checks.input("args.schedulerName", schedulerName, rules.objectName) };
}
`,
    },
    {
      file: "components/workload/backend-spec.ts",
      after: "  readonly imagePullPolicy?: ImagePullPolicy;\n",
      text: "  readonly schedulerName?: pulumi.Input<string>;\n",
    },
    {
      file: "components/workload/deployment-spec.ts",
      after: "    ...spec.scheduling,\n",
      text: "    ...withoutEmpty({ schedulerName: spec.schedulerName }),\n",
    },
    {
      file: "tests/unit/inputs/backend-rows.ts",
      after: "function schedulingRows(): InputRow[] {\n  return [\n",
      text: `    row("schedulerName", {
      given: (value) => ({ schedulerName: value }) satisfies Partial<BackendArgs>,
      good: "gang",
      shows: { [\`\${POD} schedulerName\`]: "gang" },
      bad: "Gang",
      must: MUST.objectName,
    }),
`,
    },
    {
      file: "tests/engine/fuzz/arbitraries/backend.ts",
      after: "      runAsUser: userId,\n",
      text: "      schedulerName: objectName,\n",
    },
    {
      file: "docs/guide/backend.md",
      after: "| the image | `imagePullPolicy`, `imagePullSecrets` |\n",
      text: "| who chooses the Pods' nodes | `schedulerName` |\n",
    },
  ],
  written: ["tests/unit/package/schema.golden.yaml"],
};
