import type { ServicePort } from "../../service/ports.ts";

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
  /** The ports, with the names and numbers that the Pods declare. */
  readonly ports: readonly Pick<
    ServicePort,
    "name" | "targetPort" | "containerPort" | "protocol"
  >[];
}
