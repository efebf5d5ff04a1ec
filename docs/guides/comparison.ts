/** The code that ../comparison.md shows. */
import { AppautoscalingPolicy } from "@cdktf/provider-aws/lib/appautoscaling-policy";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";

import type { Extend, ServiceConfig } from "../../src/config/types";

/** What no property says, and a line of code does. */
export const extend: Extend = (service, environment) => {
  service.service.resource.addOverride("force_delete", true);
  service.service.resource.tags = { tier: "web" };
  service.taskDefinition.resource.addOverride("enable_fault_injection", true);
  service.scalingTarget?.resource.addOverride("suspended_state", { dynamic_scaling_in_suspended: true });

  const topic = new SnsTopic(service, "orders", { name: `orders-${environment}` });
  service.container("shop").addEnvironment("ORDERS_TOPIC", topic.arn);
  service.taskRole.allow({ actions: ["sns:Publish"], resources: [topic.arn] });

  const balancer = service.loadBalancer("public").loadBalancer?.resource;
  if (balancer) {
    balancer.ipAddressType = "dualstack";
    new Route53Record(service, "dns", {
      zoneId: "Z0873220N255IR3MTNR4",
      name: "shop.example.com",
      type: "A",
      alias: { name: balancer.dnsName, zoneId: balancer.zoneId, evaluateTargetHealth: true },
    });
  }
  const target = service.scalingTarget?.resource;
  if (target) {
    new AppautoscalingPolicy(service, "response-time", {
      name: "response-time",
      policyType: "TargetTrackingScaling",
      serviceNamespace: target.serviceNamespace,
      resourceId: target.resourceId,
      scalableDimension: target.scalableDimension,
      targetTrackingScalingPolicyConfiguration: {
        targetValue: 0.5, // seconds
        customizedMetricSpecification: {
          namespace: "AWS/ApplicationELB",
          metricName: "TargetResponseTime",
          statistic: "Average",
          dimensions: [{ name: "LoadBalancer", value: service.loadBalancer("public").loadBalancerArnSuffix }],
        },
      },
    });
  }
};

export const services: ServiceConfig[] = [
  {
    name: "shop",
    extend,
    cpu: 256,
    memory: 512,
    containers: [{ name: "shop", image: { repository: "shop", tag: "1.10" }, portMappings: [{ containerPort: 8080 }] }],
    scaling: { minCapacity: 1, maxCapacity: 10, targetTracking: { load: { cpu: 60 } } },
    loadBalancers: {
      public: { applicationLoadBalancer: { scheme: "internet-facing", subnetTags: { tier: "public" } } },
    },
  },
];
