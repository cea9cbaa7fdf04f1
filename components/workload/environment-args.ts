import type * as pulumi from "@pulumi/pulumi";

/** One key of an existing Secret or ConfigMap. */
export interface KeyReferenceArgs {
  /** The name of the Secret or ConfigMap. */
  readonly name: pulumi.Input<string>;
  /** The key in it. */
  readonly key: pulumi.Input<string>;
}

/** A request or limit of the container. */
export interface ResourceFieldArgs {
  /**
   * The request or limit: `limits` or `requests`, and `cpu`, `memory` or `ephemeral-storage`, such as `limits.memory`.
   */
  readonly resource: pulumi.Input<string>;
  /**
   * The unit, such as `1Mi`, or `1m` of CPU. The number is rounded up.
   *
   * @default - 1: bytes, and whole CPUs
   */
  readonly divisor?: pulumi.Input<string>;
}

/**
 * The environment variables of the container. A variable may be stated once; it overrides one of the same name from a
 * whole ConfigMap or Secret. Changes to an existing ConfigMap or Secret reach a Pod when it starts.
 */
export interface EnvironmentArgs {
  /**
   * Environment variables. Their values are visible in the Deployment; passwords belong in a Secret. A value may refer
   * to any other variable of the container as `$(NAME)`; `$$` is one dollar sign.
   *
   * @default - none
   */
  readonly env?: Record<string, pulumi.Input<string>>;
  /**
   * Environment variables from single keys of existing Secrets.
   *
   * @default - none
   */
  readonly envFromSecretKeys?: Record<string, KeyReferenceArgs>;
  /**
   * Environment variables from single keys of existing ConfigMaps.
   *
   * @default - none
   */
  readonly envFromConfigMapKeys?: Record<string, KeyReferenceArgs>;
  /**
   * Environment variables from fields of the Pod, by their paths: `metadata.name`, `metadata.namespace`,
   * `metadata.uid`, `metadata.labels['KEY']`, `metadata.annotations['KEY']`, `spec.nodeName`, `spec.serviceAccountName`,
   * `status.hostIP`, `status.hostIPs`, `status.podIP` and `status.podIPs`. It is `fieldRef.fieldPath` in Kubernetes.
   *
   * @default - none
   * @see https://kubernetes.io/docs/concepts/workloads/pods/downward-api/
   */
  readonly envFromFields?: Record<string, pulumi.Input<string>>;
  /**
   * Environment variables from the container's own requests and limits. It is `resourceFieldRef` in Kubernetes.
   *
   * @default - none
   * @see https://kubernetes.io/docs/concepts/workloads/pods/downward-api/
   */
  readonly envFromResourceFields?: Record<string, ResourceFieldArgs>;
  /**
   * The names of existing Secrets. Every key becomes a variable.
   *
   * @default - none
   */
  readonly envFromSecrets?: pulumi.Input<string>[];
  /**
   * The names of existing ConfigMaps. Every key becomes a variable. Secrets override them.
   *
   * @default - none
   */
  readonly envFromConfigMaps?: pulumi.Input<string>[];
}

/** Environment variables that are not visible in the Deployment. */
export interface SecretEnvironmentArgs {
  /**
   * Environment variables whose values are stored in a Secret of the Backend. A changed value replaces the Pods.
   *
   * @default - none, and no Secret
   */
  readonly secretEnv?: Record<string, pulumi.Input<string>>;
}
