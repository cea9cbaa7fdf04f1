import { restrictedViolations } from "../../testing/pod-security.ts";
import { podOf } from "../../testing/pod-template.ts";
import { PolicyLevel, type PolicyRule, when } from "../rule.ts";
import { MOVING_TAGS, SECRET_NAMES } from "./patterns.ts";
import { serviceAccountRule } from "./service-account.ts";
import { allContainersOf, containersOf, isServing } from "./workloads.ts";

const DOCS = "https://kubernetes.io/docs/";
const names = (containers: readonly { readonly name: string }[]): string =>
  containers.map(({ name }) => name).join(", ");

/** What a tag must not be: absent, which means latest, or a name that moves. */
const MOVING = new RegExp(`^(${MOVING_TAGS})$`);

const tagOf = (image: string): string => /:([^:/@]+)(@|$)/.exec(image)?.[1] ?? "latest";
const hasDigest = (image: string): boolean => /@sha256:[0-9a-f]{64}$/.test(image);

/** Names of variables and keys whose values are usually secret. */
export const SECRET_NAME = new RegExp(SECRET_NAMES, "i");

/** The rules about Pods. */
export const podRules: readonly PolicyRule[] = [
  {
    id: "pod-security-restricted",
    level: PolicyLevel.Mandatory,
    description: 'Pods keep the Pod Security Standard "restricted".',
    fix: "set the fields that the message names",
    link: `${DOCS}concepts/security/pod-security-standards/#restricted`,
    needsAll: false,
    check: (object) => {
      const pod = podOf(object);
      const violations = pod === undefined ? [] : restrictedViolations(pod);
      return when(
        violations.length > 0,
        `breaks "restricted": ${violations.slice(0, 5).join("; ")}${violations.length > 5 ? ` and ${violations.length - 5} more` : ""}`,
      );
    },
  },
  {
    id: "host-path",
    level: PolicyLevel.Mandatory,
    description: "No Pod mounts a path of its node.",
    fix: "use a volume of another kind",
    link: `${DOCS}concepts/storage/volumes/#hostpath`,
    needsAll: false,
    check: (object) => {
      const volumes = (podOf(object)?.spec?.volumes ?? []).filter(
        (it) => it["hostPath"] !== undefined,
      );
      return when(volumes.length > 0, `mounts paths of its node: ${names(volumes)}`);
    },
  },
  {
    id: "host-namespaces",
    level: PolicyLevel.Mandatory,
    description: "No Pod shares the network, the processes or the memory of its node.",
    fix: "remove hostNetwork, hostPID and hostIPC",
    link: `${DOCS}concepts/security/pod-security-standards/#baseline`,
    needsAll: false,
    check: (object) => {
      const { spec } = podOf(object) ?? {};
      const shared = (["hostNetwork", "hostPID", "hostIPC"] as const).filter((key) => spec?.[key]);
      return when(shared.length > 0, `shares with its node: ${shared.join(", ")}`);
    },
  },
  {
    id: "privileged-container",
    level: PolicyLevel.Mandatory,
    description: "No container is privileged.",
    fix: "remove securityContext.privileged, and add the capability that is needed",
    link: `${DOCS}concepts/security/pod-security-standards/#baseline`,
    needsAll: false,
    check: (object) => {
      const found = allContainersOf(object).filter(
        ({ securityContext }) => securityContext?.privileged,
      );
      return when(found.length > 0, `has privileged containers: ${names(found)}`);
    },
  },
  {
    id: "mutable-image",
    level: PolicyLevel.Mandatory,
    description: "An image has a tag that does not move, or a digest.",
    fix: "name a version, best with its digest",
    link: `${DOCS}concepts/containers/images/#image-names`,
    needsAll: false,
    check: (object) => {
      const found = allContainersOf(object).filter(
        ({ image = "" }) => image !== "" && !hasDigest(image) && MOVING.test(tagOf(image)),
      );
      return when(
        found.length > 0,
        `runs images that change under their name: ${found.map(({ image }) => image).join(", ")}`,
      );
    },
  },
  {
    id: "readiness-probe-missing",
    level: PolicyLevel.Mandatory,
    description: "Containers that serve have a readiness probe.",
    fix: "set readinessProbe, so that requests wait until the container answers",
    link: `${DOCS}concepts/configuration/liveness-readiness-startup-probes/#readiness-probe`,
    needsAll: false,
    check: (object) => {
      const serving = isServing(object)
        ? containersOf(object).filter(({ ports = [] }) => ports.length > 0)
        : [];
      const found = serving.filter(({ readinessProbe }) => readinessProbe === undefined);
      return when(
        found.length > 0,
        `has containers with ports and without a readiness probe: ${names(found)}`,
      );
    },
  },
  {
    id: "requests-missing",
    level: PolicyLevel.Mandatory,
    description: "Containers request CPU and memory.",
    fix: "set resources.requests.cpu and resources.requests.memory",
    link: `${DOCS}concepts/configuration/manage-resources-containers/`,
    needsAll: false,
    check: (object) => {
      const found = containersOf(object).filter(({ resources }) => {
        const has = (key: string) =>
          resources?.requests?.[key] !== undefined || resources?.limits?.[key] !== undefined;
        return !has("cpu") || !has("memory");
      });
      return when(found.length > 0, `has containers without requests: ${names(found)}`);
    },
  },
  {
    id: "memory-limit-missing",
    level: PolicyLevel.Advisory,
    description: "Containers limit their memory.",
    fix: "set resources.limits.memory",
    link: `${DOCS}concepts/configuration/manage-resources-containers/`,
    needsAll: false,
    check: (object) => {
      const found = containersOf(object).filter(
        ({ resources }) => resources?.limits?.["memory"] === undefined,
      );
      return when(found.length > 0, `has containers without a memory limit: ${names(found)}`);
    },
  },
  {
    id: "secret-in-environment",
    level: PolicyLevel.Mandatory,
    description: "No secret is a plain value of an environment variable.",
    fix: "take it from a Secret with valueFrom.secretKeyRef",
    link: `${DOCS}concepts/configuration/secret/#using-secrets-as-environment-variables`,
    needsAll: false,
    check: (object) => {
      const found = allContainersOf(object).flatMap(({ env = [] }) =>
        env.filter(({ name, value }) => Boolean(value) && SECRET_NAME.test(name)),
      );
      return when(found.length > 0, `has secrets as plain values of variables: ${names(found)}`);
    },
  },
  serviceAccountRule,
];
