import { backend } from "./backend.ts";
import { loadBalancer } from "./load-balancer.ts";
import { nodePort } from "./node-port.ts";

/** Arguments that the API server takes, by component. */
export const arbitraries = {
  Backend: backend,
  LoadBalancerService: loadBalancer,
  NodePortService: nodePort,
} as const;
