import { type Finding, isDeferred, isRecord } from "../validation/checks.ts";
import { compareQuantities, parseQuantity } from "../validation/quantity.ts";
import { quantity } from "../validation/rules.ts";
import { isSet } from "./condition.ts";

type Fields = Readonly<Record<string, unknown>>;

/** What is wrong with the items of a patched object, at their places in the change. */
type ItemRule = (object: Fields, change: Fields) => readonly Finding[];

/** The rules that name an item and its value, by definition. */
export const ITEM_RULES: Readonly<Record<string, readonly ItemRule[]>> = {
  PodSpec: [
    (pod, change) => mountFindings(pod, change, "volumeMounts"),
    (pod, change) => mountFindings(pod, change, "volumeDevices"),
  ],
  ResourceRequirements: [quantityFindings],
};

const recordOf = (value: unknown): Fields => (isRecord(value) && !isDeferred(value) ? value : {});
const recordsOf = (value: unknown): readonly Fields[] =>
  Array.isArray(value) ? value.map(recordOf) : [];

/** The number of an item where the change states it, or in the merged list. */
function placeOf(change: unknown, key: string, item: Fields, index: number): number {
  const found = recordsOf(change).findIndex((it) => isSet(it[key]) && it[key] === item[key]);
  return found < 0 ? index : found;
}

/** Mounts of volumes that there are not, and devices that are no claims or mounted too. */
function mountFindings(
  pod: Fields,
  change: Fields,
  list: "volumeMounts" | "volumeDevices",
): readonly Finding[] {
  const volumes = recordsOf(pod["volumes"]);
  if (isDeferred(pod["volumes"]) || volumes.some(({ name }) => isDeferred(name))) return [];
  const isMount = list === "volumeMounts";
  const isFit = (it: Fields) =>
    isMount || isSet(it["persistentVolumeClaim"]) || isSet(it["ephemeral"]);
  const names = volumes.filter(isFit).map(({ name }) => name);
  const must = isMount
    ? "must be a volume of the Pod"
    : "must be a claim among the volumes of the Pod, which the container does not mount";
  return ["containers", "initContainers"].flatMap((kind) =>
    recordsOf(pod[kind]).flatMap((container, index) => {
      const own = placeOf(change[kind], "name", container, index);
      const stated = recordsOf(change[kind])[own]?.[list];
      const mounted = isMount ? [] : recordsOf(container["volumeMounts"]).map(({ name }) => name);
      return recordsOf(container[list]).flatMap((item, number) => {
        const { name: value } = item;
        const isRight = isDeferred(value) || (names.includes(value) && !mounted.includes(value));
        const place = placeOf(stated, isMount ? "mountPath" : "devicePath", item, number);
        return isRight ? [] : [{ path: `${kind}[${own}].${list}[${place}].name`, value, must }];
      });
    }),
  );
}

/** Requests that are more than the limits. */
function quantityFindings({ limits, requests }: Fields, change: Fields): readonly Finding[] {
  const [most, least] = [recordOf(limits), recordOf(requests)];
  return Object.entries(least).flatMap(([name, request]) => {
    const limit = most[name];
    if (!isMore(request, limit)) return [];
    return Object.hasOwn(recordOf(change["requests"]), name)
      ? [
          {
            path: `requests.${name}`,
            value: request,
            must: `must be at most the limit "${limit}"`,
            hiddenMust: "must be at most the limit",
          },
        ]
      : [
          {
            path: `limits.${name}`,
            value: limit,
            must: `must be at least the request "${request}"`,
            hiddenMust: "must be at least the request",
          },
        ];
  });
}

/** Whether a quantity is more than another one, as far as both are known. */
function isMore(one: unknown, other: unknown): boolean {
  if ([one, other].some((it) => isDeferred(it) || quantity(String(it)) !== undefined)) return false;
  return compareQuantities(parseQuantity(String(one)), parseQuantity(String(other))) > 0;
}
