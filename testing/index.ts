export type { Manifest, ManifestMetadata } from "./manifest.ts";
export { type ConnectionAttempt, mayConnect } from "./reachability.ts";
export {
  type RenderedProgram,
  type RenderOptions,
  renderManifests,
  renderProgram,
  toYaml,
} from "./render-manifests.ts";
export { SECRET, UNKNOWN } from "./resolve.ts";
export type { ServiceAttempt } from "./service-reach.ts";
export { LoadBalancerStatus, SIMULATED_ADDRESS } from "./simulated-cluster.ts";
export { topology } from "./topology.ts";
