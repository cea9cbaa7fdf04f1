import fc from "fast-check";
import type { AdoptArgs, AdoptServiceArgs } from "../../../../components/index.ts";
import { PROGRAM } from "../settings.ts";
import { fields, never } from "./fields.ts";
import { objectName } from "./texts.ts";

const parents = fc.constantFrom("", "shop:index:Shop$", "shop:index:Shop$shop:index:Part$");

/** URNs of resources of the program, of components' children among them. */
const urnOf = (type: string) =>
  fc
    .tuple(parents, objectName)
    .map(
      ([above, name]) =>
        `urn:pulumi:${PROGRAM.stack}::${PROGRAM.project}::${above}${type}::${name}`,
    );

const serviceUrn = urnOf("kubernetes:core/v1:Service");
const deploymentUrn = urnOf("kubernetes:apps/v1:Deployment");

/** What an entrance may take over. */
export const adoptService = fields<AdoptServiceArgs>({}, { serviceUrn });

/** What a Backend may take over: a Service only where it has one. */
export const adopt = (served: boolean) =>
  fields<AdoptArgs>({}, { deploymentUrn, serviceUrn: served ? serviceUrn : never });
