import { UserError } from "../../local/errors.ts";
import { obstacleToRealNodes } from "../../local/nodes/kind.ts";

/** Says at once what keeps the machine from having real nodes, where something does. */
export default async function setup(): Promise<void> {
  const obstacle = await obstacleToRealNodes();
  if (obstacle !== undefined) throw new UserError(`Cannot test real nodes: ${obstacle}`);
}
