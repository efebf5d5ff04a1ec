import { DescribeTaskDefinitionCommand, type ECSClient, ListTaskDefinitionsCommand } from "@aws-sdk/client-ecs";

import { describeService, tasksOf } from "../support/aws";
import { abbreviate } from "./abbreviate";
import { table } from "./table";

/** The revision of the task definition that a service is at, according to ECS: `2`. */
export async function currentRevision(ecs: ECSClient, service: string): Promise<string> {
  const { taskDefinition = "" } = await describeService(ecs, service);
  return revisionOf(taskDefinition);
}

/** A table of the service's revisions, with the digests that the tasks of each of them run, according to ECS. */
export async function revisionTable(ecs: ECSClient, service: string): Promise<string[]> {
  const { taskDefinitionArns = [] } = await ecs.send(new ListTaskDefinitionsCommand({ familyPrefix: service }));
  const tasks = await tasksOf(ecs, service);
  const rows = taskDefinitionArns.map(async (taskDefinition) => {
    const described = await ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition }));
    const [container] = described.taskDefinition?.containerDefinitions ?? [];
    const digests = tasks
      .filter(({ taskDefinitionArn }) => taskDefinitionArn === taskDefinition)
      .map(({ containers }) => containers?.[0]?.imageDigest ?? "unknown");
    return [
      `revision ${revisionOf(taskDefinition)}`,
      described.taskDefinition?.status ?? "",
      container?.dockerLabels?.["image_tag"] ?? "",
      abbreviate(container?.image ?? ""),
      digests.length === 0 ? "none" : `${digests.length} × ${abbreviate([...new Set(digests)].join(", "))}`,
    ];
  });
  return table([[service, "status", "tag", "image", "running tasks"], ...(await Promise.all(rows))]);
}

function revisionOf(taskDefinitionArn: string): string {
  return taskDefinitionArn.slice(taskDefinitionArn.lastIndexOf(":") + 1);
}
