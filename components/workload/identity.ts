import type * as pulumi from "@pulumi/pulumi";
import type { Checks } from "../validation/checks.ts";
import { annotationKey, anyText, objectName, trueOrFalse } from "../validation/rules.ts";
import { ANNOTATIONS, fitting, readTexts, type Texts } from "../validation/string-map.ts";

/** As whom Pods speak to the API server and to the cloud. */
export interface IdentityArgs {
  /**
   * The name of an existing ServiceAccount to run as; none is created then.
   *
   * @default - a ServiceAccount of the Backend's own, by the Backend's name, which then may not be `default`
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
   * Whether the Pods get a token for the API server. Identities in a cloud bring their own and need none.
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
  readonly annotations: Texts;
  readonly automountServiceAccountToken: pulumi.Input<boolean>;
}

/**
 * The ServiceAccount that every namespace has, for Pods that name none. It would be the Backend's, and Kubernetes makes it again when it is
 * deleted, so that a deletion waits for its end in vain.
 *
 * @see https://kubernetes.io/docs/concepts/security/service-accounts/#default-service-accounts
 */
const OF_THE_NAMESPACE = "default";

/** Reads whom the Pods of a Backend run as. */
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
      "must be left out, the ServiceAccount of args.serviceAccountName is not created here; annotate it where it is";
    checks.report(path, serviceAccountAnnotations, must);
  }
  return {
    serviceAccountName: own
      ? name
      : checks.plain("args.serviceAccountName", serviceAccountName, objectName),
    own,
    annotations: fitting(
      checks,
      path,
      readTexts(checks, path, serviceAccountAnnotations, annotationKey, anyText),
      ANNOTATIONS,
    ),
    automountServiceAccountToken: checks.input(
      "args.automountServiceAccountToken",
      args.automountServiceAccountToken ?? false,
      trueOrFalse,
    ),
  };
}
