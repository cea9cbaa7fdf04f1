/** A link of the chain from a call to a container, in the order in which a call passes them. */
export const Link = {
  /** The name that is resolved. */
  Dns: "dns",
  /** The load balancer, the Ingress or the Gateway in front. */
  LoadBalancer: "loadBalancer",
  /** The node that receives the call. */
  Node: "node",
  /** The Service. */
  Service: "service",
  /** Its EndpointSlices. */
  Endpoints: "endpoints",
  /** The Pods, their containers and what makes them. */
  Pods: "pods",
  /** Network policies. */
  Policy: "policy",
} as const;
/** A link of the chain from a call to a container. */
export type Link = (typeof Link)[keyof typeof Link];

/** How sure a finding is. */
export const Certainty = {
  /** The objects prove it. */
  Broken: "broken",
  /** The objects suggest it; something that the API does not show would prove it. */
  Suspect: "suspect",
  /** Something that decides it could not be seen. */
  NotSeen: "not seen",
} as const;
/** How sure a finding is. */
export type Certainty = (typeof Certainty)[keyof typeof Certainty];

/** The answer in one word. */
export const Health = {
  /** Nothing on the way is broken. */
  Healthy: "healthy",
  /** Something is. */
  Broken: "broken",
  /** It could not be told. */
  Unknown: "unknown",
} as const;
/** The answer in one word. */
export type Health = (typeof Health)[keyof typeof Health];

/** An object that a finding is about. */
export interface ObjectRef {
  /** The kind, such as `Pod`. */
  readonly kind: string;
  /** The namespace; absent for objects without one. */
  readonly namespace?: string | undefined;
  /** The name. */
  readonly name: string;
}

/** Something that is wrong, or that could not be seen. */
export interface Finding {
  /** The cause's stable identifier, such as `selector-matches-no-pod`. Each has a section in the guide. */
  readonly cause: string;
  /** The link that it breaks. */
  readonly link: Link;
  /** How sure it is. */
  readonly certainty: Certainty;
  /** What is wrong, in one sentence without a full stop. */
  readonly sentence: string;
  /** What to do, in one sentence without a full stop. */
  readonly fix: string;
  /** What it is about. */
  readonly about: readonly ObjectRef[];
}

/** The answer to: where is my Pod? */
export interface Diagnosis {
  /** The answer in one word. */
  readonly verdict: Health;
  /** The findings, the first broken link first. */
  readonly findings: readonly Finding[];
  /** What was checked, one short sentence a link. */
  readonly checked: readonly string[];
}
