// The policies of this checkout's stacks, which `npm run preview` and `npm run up` load. JavaScript: the engine compiles a pack's TypeScript
// with a compiler of its own, which does not know this checkout's settings.
import { createPolicyPack } from "../policy/pack.ts";

createPolicyPack("pulumi-kubernetes-services", {
  allowed: {
    // Its settings decide which stacks have it, and who may connect.
    "public-load-balancer": ["Service */my-production-service"],
    "node-port": ["Service */my-dev-service"],
  },
});
