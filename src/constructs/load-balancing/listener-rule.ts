import { LbListenerRule, type LbListenerRuleCondition } from "@cdktf/provider-aws/lib/lb-listener-rule";
import type { Construct } from "constructs";

import type { ParsedListenerRule } from "../../model/listener-rule";

/** A rule that forwards requests of a listener to a target group. */
export interface ListenerRuleProps {
  readonly listenerArn: string;
  readonly targetGroupArn: string;
  readonly rule: ParsedListenerRule;
}

/**
 * Requests of a listener that are forwarded to a target group.
 * @see https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/lb_listener_rule
 */
export class ListenerRule extends LbListenerRule {
  constructor(scope: Construct, id: string, { listenerArn, targetGroupArn, rule }: ListenerRuleProps) {
    super(scope, id, {
      listenerArn,
      priority: rule.priority,
      action: [{ type: "forward", targetGroupArn }],
      condition: [...conditions(rule)],
    });
  }
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
