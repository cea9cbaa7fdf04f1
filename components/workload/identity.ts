import type * as pulumi from "@pulumi/pulumi";
import type { Checks } from "../validation/checks.ts";
import { annotationKey, anyString, objectName, trueOrFalse } from "../validation/rules.ts";
import {
  ANNOTATION_LIMIT,
  checkTotalSize,
  readStringMap,
  type StringMap,
} from "../validation/string-map.ts";

/** The identity of the Pods for the API server and the cloud. */
export interface IdentityArgs {
  /**
   * The name of an existing ServiceAccount to use; none is created then.
   *
   * @default - the Backend creates a ServiceAccount with its own name, which must not be `default`
   */
  readonly serviceAccountName?: string;
  /**
   * Annotations for the ServiceAccount, such as `eks.amazonaws.com/role-arn`, which give the Pods an identity in a cloud.
   *
   * @default - none
   * @see https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html
   */
  readonly serviceAccountAnnotations?: Record<string, pulumi.Input<string>>;
  /**
   * Whether the Pods get a token for the API server. Cloud identities bring their own token.
   *
   * @default false
   */
  readonly automountServiceAccountToken?: pulumi.Input<boolean>;
}

/** The identity of a Backend's Pods. */
export interface Identity {
  /** The name of the ServiceAccount. */
  readonly serviceAccountName: string;
  /** Whether the ServiceAccount is the Backend's own. */
  readonly own: boolean;
  readonly annotations: StringMap;
  readonly automountServiceAccountToken: pulumi.Input<boolean>;
}

/**
 * The ServiceAccount that Kubernetes creates in every namespace. A Backend must not own it: Kubernetes recreates it
 * when it is deleted, so that a deletion never finishes.
 *
 * @see https://kubernetes.io/docs/concepts/security/service-accounts/#default-service-accounts
 */
const OF_THE_NAMESPACE = "default";

/** Reads the identity of a Backend's Pods. */
export function readIdentity(checks: Checks, name: string, args: IdentityArgs): Identity {
  const { serviceAccountAnnotations, serviceAccountName } = args;
  const path = "args.serviceAccountAnnotations";
  const own = serviceAccountName === undefined;
  if (own && name === OF_THE_NAMESPACE) {
    const must = `must differ from "${OF_THE_NAMESPACE}", the name of the ServiceAccount that Kubernetes keeps in every namespace; choose another name, or set args.serviceAccountName`;
    checks.report("name", name, must);
  }
  if (!own && serviceAccountAnnotations !== undefined) {
    const must =
      "must not be set: the ServiceAccount of args.serviceAccountName is not created here; annotate it where it is";
    checks.report(path, serviceAccountAnnotations, must);
  }
  return {
    serviceAccountName: own
      ? name
      : checks.plain("args.serviceAccountName", serviceAccountName, objectName),
    own,
    annotations: checkTotalSize(
      checks,
      path,
      readStringMap(checks, path, serviceAccountAnnotations, annotationKey, anyString),
      ANNOTATION_LIMIT,
    ),
    automountServiceAccountToken: checks.input(
      "args.automountServiceAccountToken",
      args.automountServiceAccountToken ?? false,
      trueOrFalse,
    ),
  };
}
