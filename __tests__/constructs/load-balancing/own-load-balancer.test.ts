import { PinnedFargateService } from "../../../src/constructs/service/pinned-fargate-service";
import type { LoadBalancing } from "../../../src/model/load-balancing";
import type { PinnedFargateServiceProps } from "../../../src/model/service";
import { ALB, CERTIFICATE, NLB, RULE, balancedProps, web, type Balancers } from "../../support/load-balancers";
import { synthesized, variable, type Block, type SynthesizedStack } from "../../support/synthesized-stack";

type Application = NonNullable<LoadBalancing["applicationLoadBalancer"]>;
type Network = NonNullable<LoadBalancing["networkLoadBalancer"]>;

const stackOf = (balancers: Balancers, changes: Partial<PinnedFargateServiceProps> = {}): SynthesizedStack =>
  synthesized((stack) => new PinnedFargateService(stack, "Default", balancedProps(balancers, changes)));
const alb = (properties: Partial<Application> = {}, changes: Partial<PinnedFargateServiceProps> = {}) =>
  stackOf({ public: { applicationLoadBalancer: { scheme: "internet-facing", ...properties } } }, changes);
const nlb = (properties: Partial<Network> = {}, changes: Partial<PinnedFargateServiceProps> = {}) =>
  stackOf({ public: { networkLoadBalancer: { scheme: "internet-facing", ...properties } } }, changes);

/** Listeners, by protocol and port. */
function listeners(stack: SynthesizedStack): Record<string, Block> {
  const all = Object.values(stack.resources("aws_lb_listener"));
  return Object.fromEntries(
    all.map((listener) => [`${String(listener["protocol"])} ${String(listener["port"])}`, listener]),
  );
}
/** Who may reach the load balancer: protocol, port and source. */
function ingress(stack: SynthesizedStack): string[] {
  return Object.entries(stack.resources("aws_vpc_security_group_ingress_rule"))
    .filter(([id]) => id.startsWith("load-balancers_"))
    .map(([, rule]) => {
      const source =
        rule["cidr_ipv4"] ?? rule["cidr_ipv6"] ?? rule["referenced_security_group_id"] ?? rule["prefix_list_id"];
      return [rule["ip_protocol"], rule["from_port"], source].join(" ");
    })
    .sort();
}
const SUBNETS = expect.stringMatching(/^\$\{data\.aws_subnets\.network_subnets_\w+\.ids\}$/) as string;
const OWN_SUBNETS = expect.stringMatching(/^\$\{data\.aws_subnets\.load-balancers_public_[\w-]+\.ids\}$/) as string;

describe("an Application Load Balancer", () => {
  test("is in the subnets of the service, protected, with a security group, and replaced without a gap", () => {
    const stack = alb();
    expect(stack.resource("aws_lb")).toEqual({
      name_prefix: "demo-",
      load_balancer_type: "application",
      internal: false,
      subnets: SUBNETS,
      security_groups: [
        expect.stringContaining("load-balancers_public_application_load-balancer_security-group") as string,
      ],
      enable_deletion_protection: true,
      idle_timeout: 60,
      lifecycle: { create_before_destroy: true },
    });
    expect(Object.values(stack.resources("aws_security_group"))).toContainEqual(
      expect.objectContaining({ name_prefix: "demo-public-", description: "Load balancer public of demo" }),
    );
  });

  test("may be internal, unprotected, with logs and a name of its own", () => {
    const ingress = [{ cidrIpv4: "10.0.0.0/8" }];
    const accessLogs = { bucket: "logs", prefix: "shop" };
    const stack = alb({
      scheme: "internal",
      ingress,
      deletionProtection: false,
      accessLogs,
      name: "shop",
      idleTimeout: 120,
    });
    const balancer = stack.resource("aws_lb");
    expect(balancer).toMatchObject({
      internal: true,
      enable_deletion_protection: false,
      access_logs: { enabled: true, bucket: "logs", prefix: "shop" },
      name: "shop",
      idle_timeout: 120,
    });
    expect(balancer).not.toHaveProperty("name_prefix");
    expect(balancer).not.toHaveProperty("lifecycle"); // the new one could not have the same name
  });

  test("has a listener for HTTP without a certificate", () => {
    const stack = alb();
    expect(listeners(stack)).toEqual({
      "HTTP 80": {
        load_balancer_arn: expect.stringContaining("aws_lb.") as string,
        port: 80,
        protocol: "HTTP",
        default_action: [
          { type: "forward", target_group_arn: expect.stringContaining("aws_lb_target_group.") as string },
        ],
      },
    });
    expect(ingress(stack)).toEqual(["tcp 80 0.0.0.0/0"]);
  });

  test("has one for HTTPS with a certificate, and redirects HTTP to it", () => {
    const stack = alb({ certificateArn: CERTIFICATE });
    expect(listeners(stack)).toMatchObject({
      "HTTPS 443": { certificate_arn: CERTIFICATE, ssl_policy: "ELBSecurityPolicy-TLS13-1-2-2021-06" },
      "HTTP 80": {
        default_action: [{ type: "redirect", redirect: { port: "443", protocol: "HTTPS", status_code: "HTTP_301" } }],
        // Until there was a certificate, the other one had its port.
        depends_on: [expect.stringMatching(/^aws_lb_listener\..*_listener_/) as string],
      },
    });
    expect(ingress(stack)).toEqual(["tcp 443 0.0.0.0/0", "tcp 80 0.0.0.0/0"]);
  });

  test("redirects nothing if it shall not, and has the port and policy that are given", () => {
    const sslPolicy = "ELBSecurityPolicy-2016-08";
    const stack = alb({ certificateArn: CERTIFICATE, redirectHttp: false, port: 8443, sslPolicy });
    expect(listeners(stack)).toEqual({ "HTTPS 8443": expect.objectContaining({ ssl_policy: sslPolicy }) as unknown });
    expect(ingress(stack)).toEqual(["tcp 8443 0.0.0.0/0"]);
  });

  test("has more certificates, one of which may be a reference", () => {
    const stack = synthesized((scope) => {
      const additionalCertificateArns = [
        CERTIFICATE.replace("0123-4567", "0123-89ab"),
        variable(scope, "more").stringValue,
      ];
      const applicationLoadBalancer = {
        scheme: "internet-facing",
        certificateArn: CERTIFICATE,
        additionalCertificateArns,
      } as const;
      new PinnedFargateService(scope, "Default", balancedProps({ public: { applicationLoadBalancer } }));
    });
    const certificates = stack.resources("aws_lb_listener_certificate");
    expect(Object.keys(certificates).map((id) => id.replace(/_\w{8}$/, "").replace(/.*_/, ""))).toEqual([
      "certificate-0123-89ab",
      "certificate-1",
    ]);
    expect(Object.values(certificates).map((found) => found["certificate_arn"])).toEqual([
      CERTIFICATE.replace("0123-4567", "0123-89ab"),
      "${var.more}",
    ]);
  });

  test("lets in whom ingress names", () => {
    const sources = [{ cidrIpv6: "::/0" }, { securityGroup: "sg-1" }, { prefixList: "pl-1" }];
    expect(ingress(alb({ ingress: sources }))).toEqual(["tcp 80 ::/0", "tcp 80 pl-1", "tcp 80 sg-1"]);
  });

  test("is in the subnets that are given, or in those that have the tags, at least two", () => {
    expect(alb({ subnets: ["subnet-1", "subnet-2"] }).resource("aws_lb")).toMatchObject({
      subnets: ["subnet-1", "subnet-2"],
    });
    const stack = alb({ subnetTags: { tier: "public" } });
    expect(stack.resource("aws_lb")["subnets"]).toEqual(OWN_SUBNETS);
    expect(Object.values(stack.data("aws_subnets"))).toContainEqual({
      filter: [{ name: "vpc-id", values: [expect.stringContaining("data.aws_vpc.") as string] }],
      tags: { tier: "public" },
      lifecycle: {
        postcondition: [
          {
            condition: "${length(self.ids) >= 2 && length(self.ids) <= 16}",
            error_message: expect.stringMatching(
              /must have 2 to 16 subnets with the tags tier=public, but has .*; correct subnetTags of the load balancer public\.$/,
            ) as string,
          },
        ],
      },
    });
  });

  test("that another entry shares gets a rule for it", () => {
    const stack = stackOf({ admin: { listener: { loadBalancerOf: "public" }, rule: RULE }, public: ALB });
    const [listener = ""] = Object.keys(stack.resources("aws_lb_listener"));
    expect(stack.resource("aws_lb_listener_rule")["listener_arn"]).toBe(`\${aws_lb_listener.${listener}.arn}`);
    expect(Object.keys(stack.resources("aws_lb_target_group"))).toHaveLength(2);
  });
});

describe("a Network Load Balancer", () => {
  test("has a listener on the port of the container", () => {
    const stack = nlb();
    expect(stack.resource("aws_lb")).toMatchObject({
      load_balancer_type: "network",
      enable_cross_zone_load_balancing: false,
      subnets: SUBNETS,
      security_groups: [expect.any(String)],
    });
    expect(listeners(stack)).toEqual({
      "TCP 8080": {
        load_balancer_arn: expect.stringContaining("aws_lb.") as string,
        port: 8080,
        protocol: "TCP",
        default_action: [
          { type: "forward", target_group_arn: expect.stringContaining("aws_lb_target_group.") as string },
        ],
      },
    });
    expect(stack.resource("aws_lb_target_group")).toMatchObject({ protocol: "TCP", health_check: { protocol: "TCP" } });
    expect(ingress(stack)).toEqual(["tcp 8080 0.0.0.0/0"]);
  });

  test("may speak TLS to clients", () => {
    const stack = nlb({ protocol: "TLS", certificateArn: CERTIFICATE, port: 443, crossZone: true });
    expect(listeners(stack)).toMatchObject({
      "TLS 443": { certificate_arn: CERTIFICATE, ssl_policy: "ELBSecurityPolicy-TLS13-1-2-2021-06" },
    });
    expect(stack.resource("aws_lb")).toMatchObject({ enable_cross_zone_load_balancing: true });
  });

  test("needs only one subnet", () => {
    const stack = nlb({ subnetTags: { tier: "public" } });
    expect(JSON.stringify(stack.data("aws_subnets"))).toContain("${length(self.ids) >= 1 && length(self.ids) <= 16}");
    expect(stack.resource("aws_lb")["subnets"]).toEqual(OWN_SUBNETS);
  });

  test("opens its port for both protocols", () => {
    const containers = [web({ containerPort: 53 }, { containerPort: 53, protocol: "udp" })];
    expect(ingress(nlb({ protocol: "TCP_UDP" }, { containers }))).toEqual(["tcp 53 0.0.0.0/0", "udp 53 0.0.0.0/0"]);
  });

  test("that other entries share gets a listener for each", () => {
    const containers = [web({ containerPort: 8080 }, { containerPort: 53, protocol: "udp" })];
    const stack = stackOf(
      {
        web: { ...NLB, containerPort: 8080 },
        dns: { containerPort: 53, listener: { loadBalancerOf: "web" } },
        tls: {
          containerPort: 8080,
          listener: { loadBalancerOf: "web", protocol: "TLS", port: 443, certificateArn: CERTIFICATE },
        },
      },
      { containers },
    );
    expect(Object.keys(listeners(stack)).sort()).toEqual(["TCP 8080", "TLS 443", "UDP 53"]);
    expect(ingress(stack)).toEqual(["tcp 443 0.0.0.0/0", "tcp 8080 0.0.0.0/0", "udp 53 0.0.0.0/0"]);
    expect(Object.keys(stack.resources("aws_lb"))).toHaveLength(1);
  });
});
