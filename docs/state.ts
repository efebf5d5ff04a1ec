/** The code that state.md shows. */
import type { EnvironmentConfig, ServiceConfig } from "../src/config";

export const adopted: Pick<ServiceConfig, "extend"> = {
  extend: ({ service: { resource } }) => {
    resource.resetLaunchType();
    resource.putCapacityProviderStrategy([{ capacityProvider: "FARGATE", weight: 1 }]);
  },
};

export const hcpTerraform: Pick<EnvironmentConfig, "state"> = {
  state: {
    backend: "cloud",
    organization: "placeholder-organization",
    prefix: "placeholder-project",
    project: "Web shop", // where new workspaces are created
    // hostname: "terraform.company.net", for Terraform Enterprise
  },
};
