import type { Config } from "../../src/config";
import { readable, stacksOf } from "../support/shipped-stacks";

/** A service whose new tasks are tested, by people through a rule and by a function, before all traffic moves to them. */
const CONFIG: Config = {
  registry: { region: "us-east-1", state: { backend: "local" } },
  environments: [
    {
      name: "next",
      region: "us-east-1",
      network: { vpc: "default", assignPublicIp: true },
      state: { backend: "local" },
      providerVersion: "6.25.0",
    },
  ],
  services: [
    {
      name: "shop",
      cpu: 256,
      memory: 512,
      containers: [
        { name: "web", image: { repository: "shop", tag: "1.10" }, portMappings: [{ containerPort: 8080 }] },
      ],
      loadBalancers: {
        public: {
          applicationLoadBalancer: { scheme: "internet-facing" },
          testRule: { priority: 1, headers: { "X-Test": ["yes"] } },
        },
      },
      deploymentStrategy: {
        type: "BLUE_GREEN",
        bakeTimeInMinutes: 5,
        lifecycleHooks: {
          smoke: {
            functionArn: "arn:aws:lambda:us-east-1:111122223333:function:smoke-test",
            stages: ["POST_TEST_TRAFFIC_SHIFT"],
          },
        },
      },
    },
  ],
};

test("a service that is deployed blue/green is what was reviewed", () => {
  const stack = stacksOf(CONFIG).get("shop-next");
  if (!stack) throw new Error("no stack shop-next");
  expect(stack.providerVersion()).toBe("6.25.0");
  expect(readable(stack)).toMatchSnapshot();
});
