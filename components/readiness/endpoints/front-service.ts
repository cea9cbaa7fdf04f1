/** A port of a Service in front of Pods. */
export interface FrontPort {
  /** Its name in the Service. */
  readonly name: string;
  /** The name of the port that the Pods declare. */
  readonly targetPort: string;
  /** The number of the port that the Pods declare. */
  readonly containerPort: number;
  /** The transport protocol. */
  readonly protocol: string;
}

/** A Service that is to lead to ready Pods. This is also what the stack's state says of it once it does. */
export interface FrontService {
  /** The namespace. */
  readonly namespace: string;
  /** The Service's name. */
  readonly name: string;
  /** The Service's uid, by which its cluster is known to be the right one. */
  readonly uid: string;
  /** The labels that choose the Pods. */
  readonly selector: Readonly<Record<string, string>>;
  /** The ports. */
  readonly ports: readonly FrontPort[];
}
