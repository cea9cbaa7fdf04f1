/** What users could not say, by row: the test in which it is said, with its file. */
export const capabilities: Readonly<Record<string, readonly [file: string, title: string]>> = {
  D1: ["workload/volumes", "Backend: mounts single files, and a volume at several paths"],
  D2: [
    "workload/environment",
    "Backend: has fields of the Pod and of its container before the variables that refer to them",
  ],
  D3: [
    "user-reports/load-balancers",
    "LoadBalancerService: is replaced when the class changes, and has the stated kind of address",
  ],
  D4: [
    "workload/pod-ports",
    "Backend: leads to the proxy alone, in Service, target and policy, when a sidecar has the port",
  ],
  D5: [
    "user-reports/load-balancers",
    "LoadBalancerService: takes a TCP port of the Service for the checks of all",
  ],
  D6: ["workload/strategy", "Backend: replaces all at once when it is told to"],
  D7: [
    "workload/volumes",
    "Backend: replaces Pods one after another and may have an autoscaler when a claim is %s",
  ],
  D8: [
    "workload/external-connections",
    "Backend: makes a Service and an EndpointSlice when something external has addresses",
  ],
  D9: [
    "user-reports/load-balancers",
    "LoadBalancerService: has them where the controller sends traffic to nodes",
  ],
  D10: [
    "workload/autoscaling",
    "Backend: follows metrics of its own and not the CPU when it gets some",
  ],
  D11: [
    "workload/pod-ports",
    "Backend: opens no metrics to everyone when a sidecar exports them and an entrance leads to the rest",
  ],
  D12: [
    "workload/pod-network",
    "Backend: has kernel parameters, names and DNS settings on its Pods when they are given",
  ],
  D13: [
    "service/headless-service",
    "Backend: has a headless Service with all ports beside its own when one is named",
  ],
};
