import type { ServiceConfig } from "../../src/config/types";

export const services: ServiceConfig[] = [
  {
    name: "uploads",
    cpu: 256,
    memory: 512,
    desiredCount: 2,
    volumes: {
      uploads: {
        efs: {
          fileSystemId: "fs-0placeholder0000", // PLACEHOLDER: yours
          accessPointId: "fsap-0placeholder0000", // PLACEHOLDER: yours
          iam: "ENABLED",
        },
      },
    },
    containers: [
      {
        name: "web",
        image: { repository: "uploads", tag: "1.10" },
        mountPoints: { uploads: "/srv/uploads" },
      },
      {
        name: "thumbnails",
        image: { repository: "thumbnails", tag: "1.2" },
        mountPoints: { uploads: { containerPath: "/srv/uploads", readOnly: true } },
      },
    ],
  },
];
