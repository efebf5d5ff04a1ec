import { firelensConfiguration } from "../../src/model/firelens";
import { describeProperties, lines } from "../support/problems";

const VALID = { type: "fluentbit" };

describe("a FireLens configuration", () => {
  test("needs a type only", () => expect(firelensConfiguration.parse(VALID)).toStrictEqual(VALID));

  describeProperties(firelensConfiguration, VALID, [
    ["type", ["fluentbit", "fluentd"], ["fluent-bit"], "choose fluentbit or fluentd"],
    ["enableEcsLogMetadata", [true, false], ["false"], "use true or false"],
  ]);

  test.each<[unknown, string]>([
    [Object.create(null) as unknown, "configFile is not text; write it in quotes"],
    ["extra.conf", 'configFile "extra.conf" is not absolute; begin it with "/"'],
    [
      "arn:aws:s3:::configs/extra.conf",
      "configFile is in S3, from where Fargate reads none; put the file into the image, and give its path",
    ],
    [
      "/fluent-bit/etc/fluent-bit.conf",
      'configFile "/fluent-bit/etc/fluent-bit.conf" is FireLens\'s own; use another path',
    ],
    ["/fluentd/etc/fluent.conf", 'configFile "/fluentd/etc/fluent.conf" is FireLens\'s own; use another path'],
  ])("does not take the configuration file %j", (configFile, line) =>
    expect(lines(firelensConfiguration, { ...VALID, configFile })).toEqual([`it: ${line}`]),
  );

  test("takes a configuration file of the image", () =>
    expect(lines(firelensConfiguration, { ...VALID, configFile: "/extra.conf" })).toEqual([]));
});
