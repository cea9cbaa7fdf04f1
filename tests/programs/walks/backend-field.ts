import type { Walk } from "./walk.ts";

/** A field of a Backend: `schedulerName` of the Pods, which belongs to where they run. */
export const backendField: Walk = {
  adds: "a field of Backend",
  limit: 8,
  page: "CONTRIBUTING.md",
  heading: "**A field of `Backend`.**",
  insertions: [
    {
      file: "components/workload/scheduling.ts",
      after: "  readonly priorityClassName?: pulumi.Input<string>;\n",
      text: `  /**
   * The scheduler that chooses the Pods' nodes.
   *
   * @default - the cluster's default scheduler
   */
  readonly schedulerName?: pulumi.Input<string>;
`,
    },
    {
      file: "components/workload/scheduling.ts",
      after: '        : checks.input("args.priorityClassName", priorityClassName, objectName),\n',
      text: `    schedulerName:
      args.schedulerName === undefined
        ? undefined
        : checks.input("args.schedulerName", args.schedulerName, objectName),
`,
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
      file: "tests/engine/fuzz/arbitraries/scheduling.ts",
      after: "    priorityClassName: objectName,\n",
      text: "    schedulerName: objectName,\n",
    },
    {
      file: "docs/guide/backend.md",
      after: "| the image | `imagePullPolicy`, `imagePullSecrets` |\n",
      text: "| who chooses the Pods' nodes | `schedulerName` |\n",
    },
  ],
  written: [
    "components/validation/argument-shapes.ts",
    "docs/arguments.md",
    "tests/unit/package/api.golden.txt",
    "tests/unit/package/schema.golden.yaml",
  ],
};
