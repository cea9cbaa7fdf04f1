import fc from "fast-check";

/** The namespaces that objects live in: they have to exist, so they are few, of every form that a name may have. */
export const NAMESPACES = ["shop", "0", "a--b-1", "n".repeat(63)] as const;

/** A namespace that exists. */
export const namespace = fc.constantFrom(...NAMESPACES);
