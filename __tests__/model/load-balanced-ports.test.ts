import type { ContainerProps } from "../../src/model/container";
import { resolveLoadBalancers } from "../../src/model/load-balanced-ports";
import type { LoadBalancing } from "../../src/model/load-balancing";
import { parse } from "../../src/model/problems";
import { fargateService } from "../../src/model/service";
import { ALB, BY_NAME, GROUP_ARN, NLB, WEB, balancedProps, problemsOfOne, web } from "../support/load-balancers";
import { containerProps } from "../support/task-stack";

describe("the port of a container", () => {
  const portOf = (entry: LoadBalancing, ...containers: ContainerProps[]) =>
    resolveLoadBalancers(parse(fargateService, balancedProps({ public: entry }, { containers }), "it"))[0]?.target;
  const SIDECAR = containerProps({ name: "dns", portMappings: [{ containerPort: 53, protocol: "udp" }] });
  const BOTH = web({ containerPort: 53 }, { containerPort: 53, protocol: "udp" });

  test.each<[string, LoadBalancing, ContainerProps[], object]>([
    ["the only one", BY_NAME, [WEB], { container: "web", containerPort: 8080, protocol: "tcp" }],
    ["the only one for TCP", ALB, [WEB, SIDECAR], { container: "web", containerPort: 8080, protocol: "tcp" }],
    [
      "the one of the container",
      { ...NLB, container: "dns" },
      [WEB, SIDECAR],
      { container: "dns", containerPort: 53, protocol: "udp" },
    ],
    [
      "the one with the number",
      { ...BY_NAME, containerPort: 2 },
      [web({ containerPort: 1 }, { containerPort: 2 })],
      { container: "web", containerPort: 2, protocol: "tcp" },
    ],
    [
      "the only one for UDP",
      { networkLoadBalancer: { scheme: "internet-facing", protocol: "UDP" } },
      [WEB, SIDECAR],
      { container: "dns", containerPort: 53, protocol: "udp" },
    ],
    [
      "one for both",
      { networkLoadBalancer: { scheme: "internet-facing", protocol: "TCP_UDP" } },
      [BOTH],
      { container: "web", containerPort: 53, protocol: "tcp" },
    ],
    [
      "either of an existing target group",
      { targetGroupArn: GROUP_ARN },
      [SIDECAR],
      { container: "dns", containerPort: 53, protocol: "udp" },
    ],
  ])("is %s", (_what, entry, containers, expected) => {
    expect(portOf(entry, ...containers)).toEqual(expected);
  });

  test.each<[string, LoadBalancing, ContainerProps[], string]>([
    [
      "nothing is mapped",
      BY_NAME,
      [containerProps()],
      "no container has a port mapping; add one: portMappings: [{ containerPort: 8080 }]",
    ],
    [
      "the container does not exist",
      { ...BY_NAME, container: "wbe" },
      [WEB, SIDECAR],
      'there is no container "wbe"; choose "web" or "dns"',
    ],
    [
      "several fit",
      BY_NAME,
      [web({ containerPort: 1 }, { containerPort: 2 })],
      'several ports fit; choose with container and containerPort: "web" 1 (tcp) or "web" 2 (tcp)',
    ],
    [
      "both protocols fit",
      NLB,
      [BOTH],
      'several ports fit; choose with container and containerPort: "web" 53 (tcp) or "web" 53 (udp)',
    ],
    [
      "it is not mapped",
      { ...BY_NAME, containerPort: 9 },
      [WEB],
      'no port mapping of 9 is for tcp; choose "web" 8080 (tcp)',
    ],
    [
      "it is for UDP",
      { ...BY_NAME, container: "dns" },
      [WEB, SIDECAR],
      'no port mapping of "dns" is for tcp; choose "web" 8080 (tcp)',
    ],
    [
      "none is for UDP",
      { networkLoadBalancer: { scheme: "internet-facing", protocol: "UDP" } },
      [WEB],
      "no port mapping is for udp; add one",
    ],
    [
      "none is for both",
      { networkLoadBalancer: { scheme: "internet-facing", protocol: "TCP_UDP" } },
      [WEB],
      "no port mapping is for tcp and udp; add one",
    ],
  ])("is named if %s", (_when, entry, containers, line) => {
    expect(problemsOfOne(entry, { containers })).toEqual([line]);
  });
});
