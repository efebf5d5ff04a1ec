import { EfsAccessPoint } from "@cdktf/provider-aws/lib/efs-access-point";
import { EfsFileSystem } from "@cdktf/provider-aws/lib/efs-file-system";
import { EfsMountTarget } from "@cdktf/provider-aws/lib/efs-mount-target";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";

import type { Extend, ServiceConfig } from "../../src/config/types";

/** A file system for the pictures, with a mount target in each availability zone that tasks run in. */
const extend: Extend = (service) => {
  const fileSystem = new EfsFileSystem(service, "pictures", { encrypted: true });
  const user = { uid: 1000, gid: 1000 };
  const accessPoint = new EfsAccessPoint(service, "pictures-folder", {
    fileSystemId: fileSystem.id,
    posixUser: user,
    rootDirectory: {
      path: "/pictures",
      creationInfo: { ownerUid: user.uid, ownerGid: user.gid, permissions: "750" },
    },
  });

  const group = new SecurityGroup(service, "pictures-network", { vpcId: "vpc-0placeholder0000" }); // PLACEHOLDER: yours
  new VpcSecurityGroupIngressRule(service, "pictures-from-tasks", {
    securityGroupId: group.id,
    referencedSecurityGroupId: service.securityGroup?.id,
    ipProtocol: "tcp",
    fromPort: 2049,
    toPort: 2049,
  });
  const subnets = ["subnet-0placeholder0000a", "subnet-0placeholder0000b"]; // PLACEHOLDER: yours
  for (const [index, subnetId] of subnets.entries()) {
    const target = { fileSystemId: fileSystem.id, subnetId, securityGroups: [group.id] };
    service.startAfter(new EfsMountTarget(service, `pictures-${String(index)}`, target));
  }

  service.addVolume("pictures", {
    efs: { fileSystemId: fileSystem.id, accessPointId: accessPoint.id, iam: "ENABLED" },
  });
  service.container("web").addMountPoint("pictures", "/srv/pictures");
};

const repository = "team/shop";

export const services: ServiceConfig[] = [
  {
    name: "blog",
    cpu: 512,
    memory: 1024,
    volumes: { site: {} },
    containers: [
      {
        name: "php",
        image: { repository: "team/blog-php", tag: "1.10" },
        mountPoints: { site: "/var/www/html" },
      },
      {
        name: "nginx",
        image: { repository: "team/blog-nginx", tag: "1.10" },
        dependsOn: { php: "START" },
        mountPoints: { site: { containerPath: "/var/www/html", readOnly: true } },
        portMappings: [{ containerPort: 8080 }],
      },
    ],
  },
  {
    name: "uploads",
    cpu: 256,
    memory: 512,
    volumes: {
      uploads: {
        efs: { fileSystemId: "fs-0placeholder0000", accessPointId: "fsap-0placeholder0000", iam: "ENABLED" }, // PLACEHOLDER
      },
    },
    containers: [{ name: "web", image: { repository, tag: "1.10" }, mountPoints: { uploads: "/srv/uploads" } }],
    environments: {
      staging: { volumes: { uploads: { efs: { fileSystemId: "fs-0placeholder1111" } } } },
    },
  },
  {
    name: "gallery",
    cpu: 256,
    memory: 512,
    containers: [{ name: "web", image: { repository, tag: "1.10" } }],
    extend,
    only: ["staging"],
  },
  {
    name: "sorter",
    cpu: 1024,
    memory: 2048,
    volumes: { scratch: { ebs: { sizeInGiB: 500, throughput: 250 } } },
    containers: [{ name: "sorter", image: { repository, tag: "1.10" }, mountPoints: { scratch: "/scratch" } }],
  },
  {
    name: "api",
    cpu: 256,
    memory: 512,
    containers: [
      {
        name: "api",
        image: { repository, tag: "1.10" },
        readonlyRootFilesystem: true,
        writablePaths: ["/tmp", "/var/run"],
        linuxParameters: {
          tmpfs: [{ containerPath: "/run/keys", size: 16, mountOptions: ["noexec", "uid=1000", "mode=0700"] }],
        },
      },
    ],
  },
  {
    name: "converter",
    cpu: 256,
    memory: 512,
    ephemeralStorage: 100,
    containers: [{ name: "converter", image: { repository, tag: "1.10" } }],
  },
];
