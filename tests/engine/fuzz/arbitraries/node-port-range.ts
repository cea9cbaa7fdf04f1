import fc from "fast-check";
import type { PortRangeArgs } from "../../../../components/index.ts";
import { whole } from "./numbers.ts";

/** The API server's own range, which no cluster may be said to exceed. */
export const NODE_PORTS: PortRangeArgs = { first: 30_000, last: 32_767 };

const port = whole(NODE_PORTS.first, NODE_PORTS.last);

/** A range for ports on nodes. */
export const nodePortRange: fc.Arbitrary<PortRangeArgs> = fc
  .tuple(port, port)
  .map(([one, other]) => ({ first: Math.min(one, other), last: Math.max(one, other) }));
