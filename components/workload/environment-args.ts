import type * as pulumi from "@pulumi/pulumi";

/** One key of an existing Secret or ConfigMap. */
export interface KeyReferenceArgs {
  /** The name of the Secret or ConfigMap. */
  readonly name: pulumi.Input<string>;
  /** The key in it. */
  readonly key: pulumi.Input<string>;
}

/**
 * The environment variables of the container. A variable is stated once; it wins over one of the same name that comes
 * with a whole ConfigMap or Secret. What others change in an existing ConfigMap or Secret reaches a Pod when it starts.
 */
export interface EnvironmentArgs {
  /**
   * Environment variables. Their values stand in the Deployment: passwords belong in a Secret. A value may refer to any
   * other variable of the container as `$(NAME)`; `$$` stands for one dollar sign.
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
   * The names of existing Secrets, of which every key becomes a variable.
   *
   * @default - none
   */
  readonly envFromSecrets?: pulumi.Input<string>[];
  /**
   * The names of existing ConfigMaps, of which every key becomes a variable. Secrets win over them.
   *
   * @default - none
   */
  readonly envFromConfigMaps?: pulumi.Input<string>[];
}

/** Environment variables that nobody sees who may read Deployments. */
export interface SecretEnvironmentArgs {
  /**
   * Environment variables whose values are kept in a Secret of the Backend's own. A change of a value replaces the Pods.
   *
   * @default - none, and no Secret
   */
  readonly secretEnv?: Record<string, pulumi.Input<string>>;
}
