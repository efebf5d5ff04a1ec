import type { EnvironmentConfig, ServiceConfig } from "../../src/config/types";

const containers: ServiceConfig["containers"] = [
  { name: "web", image: { repository: "demo", tag: "1.10" }, portMappings: [{ containerPort: 8080 }] },
];
const size = { cpu: 256, memory: 512 };

/** On a listener that exists. */
const shop: ServiceConfig = {
  name: "shop",
  ...size,
  containers,
  loadBalancers: {
    public: {
      listener: { loadBalancer: { name: "shared" }, port: 443 },
      rule: { priority: 10, hosts: ["shop.example.com"], paths: ["/api/*"] },
      targetGroup: { healthCheck: { path: "/health" }, deregistrationDelay: 30 },
    },
  },
  healthCheckGracePeriod: 60,
};

/** In a target group that exists. */
const legacy: ServiceConfig = {
  name: "legacy",
  ...size,
  containers,
  loadBalancers: {
    public: {
      targetGroupArn: "arn:aws:elasticloadbalancing:us-east-1:111122223333:targetgroup/legacy/0123456789abcdef",
    },
  },
};

/** With an Application Load Balancer of its own, which two ports share. */
const portal: ServiceConfig = {
  name: "portal",
  ...size,
  containers: [
    {
      name: "web",
      image: { repository: "demo", tag: "1.10" },
      portMappings: [{ containerPort: 8080 }, { containerPort: 9090 }],
    },
  ],
  loadBalancers: {
    public: {
      containerPort: 8080,
      applicationLoadBalancer: {
        scheme: "internet-facing",
        subnetTags: { tier: "public" },
        certificateArn: "arn:aws:acm:us-east-1:111122223333:certificate/01234567-89ab-cdef-0123-456789abcdef",
        accessLogs: { bucket: "placeholder-access-logs", prefix: "portal" },
      },
    },
    admin: {
      containerPort: 9090,
      listener: { loadBalancerOf: "public" },
      rule: { priority: 1, paths: ["/admin/*"], sourceIps: ["192.0.2.0/24"] },
    },
  },
};

/** With a Network Load Balancer of its own, for UDP and TCP. */
const game: ServiceConfig = {
  name: "game",
  ...size,
  containers: [
    {
      name: "server",
      image: { repository: "demo", tag: "1.10" },
      portMappings: [{ containerPort: 7777, protocol: "udp" }, { containerPort: 8080 }],
    },
  ],
  loadBalancers: {
    players: {
      containerPort: 7777,
      networkLoadBalancer: { scheme: "internet-facing", subnetTags: { tier: "public" } },
      targetGroup: { healthCheck: { port: 8080 } },
    },
    status: { containerPort: 8080, listener: { loadBalancerOf: "players", port: 80 } },
  },
};

/** With a load balancer of its own where it is only tried out. */
const preview: ServiceConfig = {
  name: "preview",
  ...size,
  containers,
  loadBalancers: {
    public: {
      listener: { loadBalancer: { name: "shared" }, port: 443 },
      rule: { priority: 20, hosts: ["preview.example.com"] },
    },
  },
  environments: {
    local: {
      loadBalancers: { public: { applicationLoadBalancer: { scheme: "internet-facing" } } },
    },
    production: { loadBalancers: { public: { rule: { priority: 200 } } } },
  },
};

/** On its way from HTTP to HTTPS between the load balancer and the container. */
const checkout: ServiceConfig = {
  name: "checkout",
  ...size,
  containers: [
    {
      name: "web",
      image: { repository: "demo", tag: "1.10" },
      portMappings: [{ containerPort: 8080 }, { containerPort: 8443 }],
    },
  ],
  loadBalancers: {
    public: {
      containerPort: 8080,
      listener: { loadBalancer: { name: "shared" }, port: 443 },
      rule: { priority: 30, hosts: ["checkout.example.com"] },
    },
    encrypted: {
      containerPort: 8443,
      listener: { loadBalancer: { name: "shared" }, port: 443 },
      rule: { priority: 31, hosts: ["checkout.example.com"] },
      targetGroup: { protocol: "HTTPS", healthCheck: { protocol: "HTTPS" } },
    },
  },
};

export const services: ServiceConfig[] = [shop, legacy, portal, game, preview, checkout];

export const environments: EnvironmentConfig[] = ["local", "staging", "production"].map((name) => ({
  name,
  region: "us-east-1",
  network: name === "local" ? { vpc: "default", assignPublicIp: true } : { vpc: { tags: { Name: name } } },
  state: { backend: "local" },
}));
