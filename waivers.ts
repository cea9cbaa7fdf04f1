/**
 * Annotations for what a judge of manifests objects to and what stays nevertheless: kube-score reads what to leave alone, and whoever
 * reads the manifest finds the reason beside it, under the check's name.
 *
 * @see https://github.com/zegl/kube-score/blob/master/README.md
 */
export const waivers = {
  "kube-score/ignore": "container-image-pull-policy",
  "kube-score-reason/container-image-pull-policy":
    "The image is public, so there is no pull secret to check at every start; and Pods start while its registry is down",
};
