import { defaultLimits, type Limits } from "../../../../../local/toolchain/releases/limits.ts";

/** For tests: patient with what answers, and without pauses. A test of what never answers shortens one of them. */
export const shortLimits: Limits = { ...defaultLimits, attempts: 3, pauseMilliseconds: 0 };
