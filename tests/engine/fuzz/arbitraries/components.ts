import { loadBalancer } from "./any-load-balancer.ts";
import { backend } from "./backend.ts";
import { networkLoadBalancer } from "./load-balancer.ts";
import { nodePort } from "./node-port.ts";

/** Arguments that the API server takes, by component. */
export const arbitraries = {
  Backend: backend,
  LoadBalancerService: loadBalancer,
  NodePortService: nodePort,
} as const;

/** Arguments of which one is then broken: a load balancer is that of one controller, of which the rules are known. */
export const bases = { ...arbitraries, LoadBalancerService: networkLoadBalancer } as const;
