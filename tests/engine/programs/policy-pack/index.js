// JavaScript: the engine compiles a pack's TypeScript with a compiler of its own, which does not know this checkout's settings.
import { createPolicyPack } from "../../../../policy/pack.ts";

createPolicyPack("kubernetes", { allowed: { "node-port": ["Service */allowed"] } });
