import type { Application } from "./application.ts";
import { services } from "./services.ts";
import { stores } from "./stores.ts";
import { tools } from "./tools.ts";
import { websites } from "./websites.ts";

/** Applications that many people run, as programs of this library and as their authors publish them. */
export const applications: readonly Application[] = [...stores, ...websites, ...services, ...tools];
