import fc from "fast-check";
import { AddressKind, type OtherControllerArgs } from "../../../../components/index.ts";
import { fields, oneOf } from "./fields.ts";
import { qualifiedName } from "./texts.ts";

const annotations = fc.constantFrom<Record<string, string>>({}, { "example.com/network": "front" });

/** What a cluster states of a controller that the package does not know. */
export const otherController: fc.Arbitrary<OtherControllerArgs> = fields<OtherControllerArgs>(
  { addressKind: oneOf(AddressKind) },
  {
    loadBalancerClass: qualifiedName,
    publicAnnotations: annotations,
    internalAnnotations: annotations,
    enforcesSourceRanges: fc.boolean(),
  },
);
