import { imageReferences } from "../../local/images/node-images.ts";

/** A Pod from which to ask, and that answers itself. */
export function clientPod(name: string, namespace: string, labels: Record<string, string>) {
  return {
    metadata: { name, namespace, labels },
    spec: {
      terminationGracePeriodSeconds: 0,
      securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
      containers: [
        {
          name: "main",
          image: imageReferences.demo,
          securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
        },
      ],
    },
  };
}
