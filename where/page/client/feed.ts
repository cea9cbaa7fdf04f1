import type { PageModel } from "../model/page-model.ts";
import { applyPatch, type ModelPatch } from "../model/patch.ts";

/** Whether the page hears from its server. */
export type FeedStatus = "connecting" | "live" | "lost";

/** What a feed tells. */
export interface FeedListener {
  readonly onModel: (model: PageModel) => void;
  readonly onStatus: (status: FeedStatus) => void;
}

/** Follows a namespace. Changes are shown once a frame, however many there are. Returns what ends it. */
export function follow(namespace: string, { onModel, onStatus }: FeedListener): () => void {
  const query = namespace === "" ? "" : `?namespace=${encodeURIComponent(namespace)}`;
  const source = new EventSource(`events${query}`);
  let model: PageModel | undefined;
  let frame = 0;
  const show = (next: PageModel) => {
    model = next;
    if (frame !== 0) return;
    frame = requestAnimationFrame(() => {
      frame = 0;
      if (model !== undefined) onModel(model);
    });
  };
  source.addEventListener("open", () => onStatus("live"));
  source.addEventListener("error", () => onStatus("lost"));
  source.addEventListener("model", ({ data }) => show(JSON.parse(data) as PageModel));
  source.addEventListener("patch", ({ data }) => {
    if (model !== undefined) show(applyPatch(model, JSON.parse(data) as ModelPatch));
  });
  return () => {
    source.close();
    cancelAnimationFrame(frame);
  };
}
