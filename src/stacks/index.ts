export { ClusterStack, type ClusterStackProps } from "./cluster-stack";
export { RegistryStack, type RegistryStackProps } from "./registry-stack";
export { ServiceStack, type ServiceStackProps } from "./service-stack";
export { synthesize, type StacksProps } from "./synthesize";
