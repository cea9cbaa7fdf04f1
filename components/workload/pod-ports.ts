import type { TargetPort } from "../service/target.ts";
import type { Checks } from "../validation/checks.ts";

/**
 * Adds the ports of another container to the taken ports. The containers of a Pod share one network, so port numbers
 * and names must be unique. A taken port has the path of the argument that states it.
 */
export function takePorts(
  checks: Checks,
  path: string,
  ports: readonly TargetPort[],
  taken: (TargetPort & { readonly path: string })[],
): void {
  ports.forEach((port, index) => {
    const { containerPort, name, protocol } = port;
    const sameNumber = taken.find(
      (other) => other.containerPort === containerPort && other.protocol === protocol,
    );
    const sameName = taken.find((other) => other.name === name);
    const at = `${path}[${index}]`;
    if (sameNumber !== undefined && containerPort !== undefined) {
      const must = `must differ from ${sameNumber.path}.containerPort, the containers of a Pod have one network`;
      checks.report(`${at}.containerPort`, containerPort, must);
    }
    if (sameName !== undefined && name !== undefined) {
      checks.report(`${at}.name`, name, `must differ from ${sameName.path}.name`);
    }
  });
  taken.push(...ports.map((port, index) => ({ ...port, path: `${path}[${index}]` })));
}
