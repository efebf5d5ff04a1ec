import {
  LbListenerRule,
  type LbListenerRuleCondition,
  type LbListenerRuleConfig,
} from "@cdktf/provider-aws/lib/lb-listener-rule";
import type { Construct } from "constructs";

import type { ParsedListenerRule } from "../../model/listener-rule";
import type { TargetGroup } from "./target-group";
import { replacedWith, type TargetGroupPair } from "./traffic-shift";

/** A rule that forwards requests of a listener to a target group. */
export interface ListenerRuleProps {
  readonly listenerArn: string;
  readonly targetGroup: TargetGroup;
  /** The one that ECS moves traffic to, and back. @default - none */
  readonly alternate?: TargetGroup | undefined;
  readonly rule: ParsedListenerRule;
}

/**
 * Requests of a listener that are forwarded to a target group.
 * @see https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/lb_listener_rule
 */
export class ListenerRule extends LbListenerRule {
  constructor(scope: Construct, id: string, { listenerArn, targetGroup, alternate, rule }: ListenerRuleProps) {
    super(scope, id, {
      listenerArn,
      priority: rule.priority,
      ...(alternate ? weighted({ targetGroup, alternate }) : { action: [forward(targetGroup)] }),
      condition: [...conditions(rule)],
    });
    if (alternate) replacedWith(this, targetGroup);
  }
}

/** Requests that only tests make, and that go to the new tasks while they are tested. ECS then changes the action. */
export class TestRule extends LbListenerRule {
  constructor(scope: Construct, id: string, { listenerArn, targetGroup, rule }: ListenerRuleProps) {
    super(scope, id, {
      listenerArn,
      priority: rule.priority,
      action: [forward(targetGroup)],
      condition: [...conditions(rule)],
      lifecycle: { ignoreChanges: ["action"] },
    });
    replacedWith(this, targetGroup);
  }
}

const forward = ({ arn: targetGroupArn }: TargetGroup) => ({ type: "forward", targetGroupArn });

/**
 * ECS wants both target groups in the rule, one of them without traffic, and then owns the weights. Only these are ignored:
 * a rule that had one target group until now still gets the other.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/troubleshooting-blue-green.html
 */
function weighted({ targetGroup, alternate }: TargetGroupPair): Pick<LbListenerRuleConfig, "action" | "lifecycle"> {
  const targetGroups = [
    { arn: targetGroup.arn, weight: 100 },
    { arn: alternate.arn, weight: 0 },
  ];
  return {
    action: [{ type: "forward", forward: { targetGroup: targetGroups } }],
    lifecycle: { ignoreChanges: ["action[0].forward[0].target_group"] },
  };
}

function* conditions(rule: ParsedListenerRule): Generator<LbListenerRuleCondition> {
  const { hosts, paths, headers = {}, methods, queries, sourceIps } = rule;
  if (hosts) yield { hostHeader: { values: [...hosts] } };
  if (paths) yield { pathPattern: { values: [...paths] } };
  for (const [httpHeaderName, values] of Object.entries(headers)) {
    yield { httpHeader: { httpHeaderName, values: [...values] } };
  }
  if (methods) yield { httpRequestMethod: { values: [...methods] } };
  if (queries) yield { queryString: queries.map(({ key, value }) => ({ key, value })) };
  if (sourceIps) yield { sourceIp: { values: [...sourceIps] } };
}
