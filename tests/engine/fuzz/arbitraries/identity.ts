import fc from "fast-check";
import type { IdentityArgs } from "../../../../components/index.ts";
import { fields, never, textsBy } from "./fields.ts";
import { annotationKey, anyString, objectName } from "./texts.ts";

/** As whom Pods run: their own ServiceAccount has annotations, an existing one has a name. */
export const identity: fc.Arbitrary<IdentityArgs> = fc.oneof(
  fields<IdentityArgs>(
    {},
    {
      serviceAccountName: never,
      serviceAccountAnnotations: textsBy(annotationKey, anyString),
      automountServiceAccountToken: fc.boolean(),
    },
  ),
  fields<IdentityArgs & { serviceAccountName: string }>(
    { serviceAccountName: objectName },
    { serviceAccountAnnotations: never, automountServiceAccountToken: fc.boolean() },
  ),
);
