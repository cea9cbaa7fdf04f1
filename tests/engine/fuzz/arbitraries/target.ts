import fc from "fast-check";
import {
  Protocol,
  type ServicePortArgs,
  type ServiceTargetArgs,
  type TargetPortArgs,
} from "../../../../components/index.ts";
import { fields } from "./fields.ts";
import { namespace } from "./namespaces.ts";
import { portNumber, whole } from "./numbers.ts";
import { podPorts } from "./ports.ts";
import { portName, qualifiedName, selectorValue, serviceName } from "./texts.ts";

/** The ports of a target: every name once, every number once per protocol. */
export const targetPorts: fc.Arbitrary<TargetPortArgs[]> = podPorts(1, 6);

/** Pods that declare the given ports and go on answering for a time. */
export const targetOf = (
  ports: TargetPortArgs[],
  drainSeconds: number,
): fc.Arbitrary<ServiceTargetArgs> =>
  fields<ServiceTargetArgs>(
    {
      namespace,
      selector: fc
        .array(fc.tuple(qualifiedName, selectorValue), { minLength: 1, maxLength: 4 })
        .map((labels) => Object.fromEntries(labels)),
      ports: fc.constant(ports),
      drainSeconds: whole(drainSeconds, Number.MAX_SAFE_INTEGER),
    },
    { serviceName },
  );

/** Ports of a Service in front of Pods that declare the given ones: every name once, every number once per protocol. */
export function servicePorts(
  declared: readonly TargetPortArgs[],
  maxLength = 8,
): fc.Arbitrary<ServicePortArgs[]> {
  const port = fields<ServicePortArgs>(
    { port: portNumber, targetPort: fc.constantFrom(...declared.map(({ name }) => name)) },
    { name: portName },
  );
  const protocolOf = ({ targetPort }: ServicePortArgs) =>
    declared.find(({ name }) => name === targetPort)?.protocol ?? Protocol.TCP;
  return fc.uniqueArray(port, {
    minLength: 1,
    maxLength,
    comparator: (one, other) =>
      (one.name ?? one.targetPort) === (other.name ?? other.targetPort) ||
      (one.port === other.port && protocolOf(one) === protocolOf(other)),
  });
}
