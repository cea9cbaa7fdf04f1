import { podsComeAndGo } from "./s1-pods-come-and-go.ts";
import { addressStays } from "./s2-address-stays.ts";
import { labels } from "./s3-labels.ts";
import { endpointsFollow } from "./s4-endpoints-follow.ts";
import { inside } from "./s5-inside.ts";
import { nodePort } from "./s6-node-port.ts";
import { loadBalancer } from "./s7-load-balancer.ts";
import { choice } from "./s8-choice.ts";
import type { Step } from "./step.ts";

/** Every step, in the order of the tour. */
export const steps: readonly Step[] = [
  podsComeAndGo,
  addressStays,
  labels,
  endpointsFollow,
  inside,
  nodePort,
  loadBalancer,
  choice,
];
