/** A way in which a component and the API server may disagree about a patch, and why that stays so. */
export interface Reason {
  /** Who refuses the patch. */
  readonly refuses: "the component" | "the API server";
  /** What is in the refusal. */
  readonly says: RegExp;
  readonly because: string;
}

/** All ways in which they may disagree. */
export const REASONS: readonly Reason[] = [
  {
    refuses: "the component",
    says: /must not be changed: other objects rely on it/,
    because: "the object would be sound, and the Pods behind it would not be found",
  },
  {
    refuses: "the component",
    says: /must not be changed: it decides who can connect/,
    because: "the object would be sound, and open",
  },
  {
    refuses: "the component",
    says: /sessionAffinityConfig is an object, must not be set unless sessionAffinity is ClientIP/,
    because: "the API server takes the time away without a word",
  },
  {
    refuses: "the component",
    says: /must not be set: the API server sets it/,
    because: "the API server ignores it",
  },
  {
    refuses: "the component",
    says: /secret\.data\.\w+ is refused, must be base64/,
    because: "the API server takes a number, of which nobody knows the bytes",
  },
  {
    refuses: "the component",
    says: /template\.metadata\.(ownerReferences|\w+) /,
    because: "the API server ignores the owners of a template",
  },
  {
    refuses: "the API server",
    says: /volumes\[\d+\]\.(fc|iscsi|csi|projected|ephemeral)\b/,
    because: "what a kind of volume needs beside its types is its own",
  },
  {
    refuses: "the API server",
    says: /seLinuxChangePolicy: Unsupported value: "MountOption"/,
    because: "it depends on the feature gates of the cluster",
  },
  {
    refuses: "the API server",
    says: /spec\.resources\.requests\[\w+\]: Invalid value: .* aggregate container requests/,
    because: "what a whole Pod has is not added up",
  },
  {
    refuses: "the API server",
    says: /claims(\[\d+\])?: (Not found|Forbidden)/,
    because: "devices by claims are not looked at",
  },
  {
    refuses: "the API server",
    says: /Invalid value: "[^"]*": (must be an integer|must be a valid IP address|only divisor's values)/,
    because: "what a text has to look like is not in the API's document",
  },
];
