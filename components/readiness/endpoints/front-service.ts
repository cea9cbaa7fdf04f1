/** A port of a Service in front of Pods. */
export interface FrontPort {
  /** The port's name in the Service. */
  readonly name: string;
  /** The name of the port that the Pods declare. */
  readonly targetPort: string;
  /** The number of the port that the Pods declare. */
  readonly containerPort: number;
  /** The transport protocol. */
  readonly protocol: string;
}

/** A Service that must have ready Pods. The stack's state has the same fields once it does. */
export interface FrontService {
  /** The namespace. */
  readonly namespace: string;
  /** The Service's name. */
  readonly name: string;
  /** The Service's uid, which identifies the right cluster. */
  readonly uid: string;
  /** The labels that select the Pods. */
  readonly selector: Readonly<Record<string, string>>;
  /** The ports. */
  readonly ports: readonly FrontPort[];
}
