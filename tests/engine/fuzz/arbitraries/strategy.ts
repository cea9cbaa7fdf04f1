import fc from "fast-check";
import {
  type BackendArgs,
  DeploymentStrategy,
  type StrategyArgs,
} from "../../../../components/index.ts";
import { fields } from "./fields.ts";
import { count } from "./numbers.ts";
import { isExclusive } from "./scale.ts";

const rolling: fc.Arbitrary<StrategyArgs> = fields<StrategyArgs>(
  {},
  {
    strategy: fc.constant(DeploymentStrategy.RollingUpdate),
    maxSurge: count(1),
    maxUnavailable: count(0),
  },
);
/** No Pods more than wanted, for which there have to be some fewer. */
const fewer: fc.Arbitrary<StrategyArgs> = fc.record({
  maxSurge: fc.constant(0),
  maxUnavailable: count(1),
});
const recreated: fc.Arbitrary<StrategyArgs> = fc.oneof(
  fc.record({ strategy: fc.constant(DeploymentStrategy.Recreate) }),
  fc.constant({}),
);

/** How new Pods of a Backend with these volumes replace old ones. */
export const replacement = ({ volumes = [] }: BackendArgs): fc.Arbitrary<StrategyArgs> =>
  volumes.some(isExclusive)
    ? recreated
    : fc.oneof({ weight: 3, arbitrary: rolling }, fewer, recreated);
