// Every cell of the matrix in a namespace of its own, which enforces the restricted Pod Security Standard and warns about
// it; in the stack "control" one Backend that violates it.
import { Namespace } from "@pulumi/kubernetes/core/v1/namespace.js";
import { getStack } from "@pulumi/pulumi";
import { cells } from "../../matrix/cells.ts";
import { violatingCell } from "../../matrix/violating-cell.ts";

const standard = "pod-security.kubernetes.io";
const labels = {
  [`${standard}/enforce`]: "restricted",
  [`${standard}/enforce-version`]: "v1.36",
  [`${standard}/warn`]: "restricted",
  [`${standard}/warn-version`]: "v1.36",
};

for (const { build, name } of getStack() === "control" ? [violatingCell] : cells) {
  const namespace = new Namespace(name, { metadata: { name, labels } });
  build(name, { dependsOn: namespace });
}
