import { resolveConfig, type Config } from "../../src/config";
import { config, container, service } from "../support/config";
import { rejection } from "../support/rejection";

const web = container({ mountPoints: { uploads: { containerPath: "/srv/uploads", readOnly: true } } });
const uploads = { efs: { fileSystemId: "fs-1", accessPointId: "fsap-1" } };

function inStaging(staging: object): Config {
  return config({
    services: [service({ volumes: { uploads }, containers: [web], environments: { staging } })],
  });
}

test("an environment has another file system, and leaves the rest of the volume as it is", () => {
  const volumes = { uploads: { efs: { fileSystemId: "fs-2" } }, cache: {} };
  const mountPoints = { uploads: { readOnly: false }, cache: "/cache" };
  const [shop] = resolveConfig(inStaging({ volumes, containers: { web: { mountPoints } } }), {}).services;

  expect(shop?.service.volumes).toEqual({
    uploads: { efs: { fileSystemId: "fs-2", accessPointId: "fsap-1" } },
    cache: {},
  });
  expect(shop?.service.containers[0]?.mountPoints).toEqual({
    uploads: { containerPath: "/srv/uploads", readOnly: false },
    cache: "/cache",
  });
});

test("what an environment makes impossible is rejected there", () => {
  expect(rejection(() => resolveConfig(inStaging({ volumes: { cache: {} } }), {}))).toBe(
    'service "shop" in "staging": volumes: no container mounts "cache"; add it to mountPoints of one, or remove it',
  );
});

test("a volume's key is one of the region", () => {
  const ebs = { sizeInGiB: 1, kmsKeyArn: "arn:aws:kms:us-west-2:111122223333:key/a" };
  const shop = service({ volumes: { uploads: { ebs } }, containers: [web] });
  expect(rejection(() => resolveConfig(config({ services: [shop] }), {}))).toBe(
    'service "shop" in "staging": volumes: uploads: ebs: kmsKeyArn is in us-west-2; use one in us-east-1, where it is needed',
  );
});
