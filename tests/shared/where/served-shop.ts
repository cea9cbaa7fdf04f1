import { httpApi } from "../../../where/api/http-api.ts";
import type { Declared } from "../../../where/declared/declared.ts";
import type { Diagnosis } from "../../../where/diagnosis/diagnosis.ts";
import { collectionPath, WATCHED } from "../../../where/live/watched-kinds.ts";
import { type ServedPage, servePage } from "../../../where/page/server/serve-page.ts";
import type { ClusterObjects, ClusterState } from "../../../where/state/cluster-state.ts";
import { FakeApi, type FakeObject } from "./fake-api.ts";

/** The path of a kind in the namespace `shop`. */
export function pathOf(key: string): string {
  const kind = WATCHED.find((it) => it.key === key);
  if (kind === undefined) throw new Error(`${key} is not watched`);
  return collectionPath(kind, "shop");
}

/** The page of a namespace whose objects a fake API server has. */
export interface ServedShop {
  readonly api: FakeApi;
  readonly page: ServedPage;
  /** What went wrong inside of the page's server. */
  readonly errors: readonly unknown[];
  close(): Promise<void>;
}

/** Serves the page. @param diagnose the answer for each Service, by default the real one */
export async function serveShop(
  objects: ClusterObjects,
  diagnose?: (state: ClusterState) => Diagnosis,
  declared?: Declared,
): Promise<ServedShop> {
  const api = await new FakeApi().start();
  for (const kind of WATCHED) api.serve(collectionPath(kind, "shop"));
  for (const [key, list] of Object.entries(objects)) {
    for (const object of list) api.put(pathOf(key), object as FakeObject);
  }
  const errors: unknown[] = [];
  const page = await servePage({
    api: httpApi(api.access),
    namespace: "shop",
    onError: (error) => errors.push(error),
    timing: { pause: () => 20 },
    ...(diagnose && { diagnose }),
    ...(declared && { declared }),
  });
  const close = async () => {
    await page.close();
    await api.stop();
  };
  return { api, page, errors, close };
}
