import type { Health, ObjectRef } from "../../diagnosis/diagnosis.ts";

/** The columns of the picture, from left to right. */
export const Column = {
  /** Load balancers, node ports, Ingresses, routes and DNS names. */
  Entry: "entry",
  /** Services. */
  Service: "service",
  /** What the EndpointSlices of a Service have. */
  Endpoints: "endpoints",
  /** Deployments and other owners, with their Pods inside. */
  Owner: "owner",
  /** Nodes. */
  Node: "node",
} as const;
/** A column of the picture. */
export type Column = (typeof Column)[keyof typeof Column];

/** How something is doing. */
export const State = {
  /** It does its work. */
  Fine: "fine",
  /** It has not begun or has ended, which is no fault. */
  Idle: "idle",
  /** It is on its way to work. */
  Starting: "starting",
  /** It is being deleted. */
  Stopping: "stopping",
  /** It was deleted a moment ago. */
  Gone: "gone",
  /** Something suggests that it does not work. */
  Suspect: "suspect",
  /** It could not be seen. */
  Unknown: "unknown",
  /** It does not work. */
  Broken: "broken",
} as const;
/** How something is doing. */
export type State = (typeof State)[keyof typeof State];

/** A box of the picture. Its place does not change while Pods come and go. */
export interface Box {
  /** Kind and name, for example `Service/web`. */
  readonly id: string;
  readonly column: Column;
  /** Left edge, in pixels. */
  readonly x: number;
  /** Upper edge, in pixels. */
  readonly y: number;
  /** In pixels. */
  readonly height: number;
  readonly title: string;
  /** What stands below the title. */
  readonly lines: readonly string[];
  readonly state: State;
  /** The state in words. */
  readonly stateText: string;
  /** The object whose YAML it shows; absent for what is no object. */
  readonly ref?: ObjectRef | undefined;
  /** What the program that was given declares of it. */
  readonly note?: string | undefined;
  /** Whether the program that was given does not declare it. */
  readonly undeclared?: boolean | undefined;
}

/** A Pod, in a slot of its owner's box that it keeps. */
export interface Cell {
  /** The Pod's uid. */
  readonly id: string;
  /** The box of its owner. */
  readonly box: string;
  /** Left edge, in pixels. */
  readonly x: number;
  /** Upper edge, in pixels. */
  readonly y: number;
  readonly name: string;
  readonly state: State;
  /** The state in words. */
  readonly stateText: string;
  /** The node it runs on, if any. */
  readonly node: string;
  readonly ref: ObjectRef;
}

/** A line between two boxes. */
export interface PageLink {
  /** The ids of both boxes. */
  readonly id: string;
  readonly from: string;
  readonly to: string;
  /** The Service whose chain it belongs to; absent for owners and their nodes. */
  readonly service?: string | undefined;
  readonly state: State;
  /** What is wrong with it, in a sentence. */
  readonly sentence?: string | undefined;
}

/** The answer for one Service. */
export interface Verdict {
  /** The Service's name. */
  readonly id: string;
  readonly verdict: Health;
  /** The first finding's sentence, or what was checked. */
  readonly sentence: string;
  /** What to do; empty if nothing. */
  readonly fix: string;
  /** The first finding's cause; empty if there is none. */
  readonly cause: string;
  /** Sentences of the other findings. */
  readonly also: readonly string[];
  /** Where its sentence stands in the picture, in pixels. */
  readonly y: number;
  /** The column in which the broken link begins. */
  readonly column: Column;
}

/** An event of the cluster. */
export interface TimelineEvent {
  readonly id: string;
  /** RFC 3339. */
  readonly time: string;
  readonly warning: boolean;
  readonly reason: string;
  readonly message: string;
  readonly count: number;
  readonly ref: ObjectRef;
}

/** A fact about the whole page. */
export interface PageFacts {
  readonly namespace: string;
  /** The namespaces there are, as far as they could be seen. */
  readonly namespaces: readonly string[];
  /** What cannot be seen, each with its reason. */
  readonly notSeen: readonly string[];
  /** Height of the picture, in pixels. */
  readonly height: number;
  /** Pods that have no slot, by the id of their owner's box. */
  readonly overflow: Readonly<Record<string, number>>;
  /** What differs from what a program declares; absent if none was given. */
  readonly differences?: readonly string[] | undefined;
  /** Kinds that could not be compared with it. */
  readonly notCompared?: readonly string[] | undefined;
}

/** Everything on the page. Each list has one item an id. */
export interface PageModel {
  readonly facts: PageFacts;
  readonly boxes: readonly Box[];
  readonly cells: readonly Cell[];
  readonly links: readonly PageLink[];
  readonly verdicts: readonly Verdict[];
  readonly events: readonly TimelineEvent[];
}
