import type * as pulumi from "@pulumi/pulumi";

/** One key of an existing Secret or ConfigMap. */
export interface KeyReferenceArgs {
  /** The name of the Secret or ConfigMap. */
  readonly name: pulumi.Input<string>;
  /** The key in it. */
  readonly key: pulumi.Input<string>;
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
