export { AwsStack } from "./aws-stack";
export { ClusterStack, type ClusterStackProps } from "./cluster-stack";
export { JobStack, type JobStackProps } from "./job-stack";
export { GroupStack, type GroupStackProps } from "./group-stack";
export { RegistryStack, type RegistryStackProps } from "./registry-stack";
export { ServiceStack, type ServiceStackProps } from "./service-stack";
export { synthesize } from "./synthesize";
export { withoutTokenTraces } from "./token-traces";
