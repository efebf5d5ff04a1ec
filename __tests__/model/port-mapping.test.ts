import { portMapping } from "../../src/model/port-mapping";
import { NUMBER_REFERENCE, REFERENCE, describeProperties, lines } from "../support/problems";

const wholeNumber = (minimum: number, maximum: number): string => `use a whole number from ${minimum} to ${maximum}`;

describe("a port mapping", () => {
  const valid = { containerPort: 80 };

  test("has defaults", () => expect(portMapping.parse(valid)).toStrictEqual({ containerPort: 80, protocol: "tcp" }));

  describeProperties(portMapping, valid, [
    ["containerPort", [1, 65_535], [0, 65_536, 80.5, NUMBER_REFERENCE], wholeNumber(1, 65_535)],
    ["hostPort", [80, undefined], [0, 65_536], wholeNumber(1, 65_535)],
    ["protocol", ["tcp", "udp"], ["http"], "choose tcp or udp"],
    ["appProtocol", ["http", "http2", "grpc"], ["https"], "choose http, http2 or grpc"],
    [
      "name",
      ["a", "0", "api_v1-x", "a".repeat(64), REFERENCE],
      ["", "API", "-api", "_api", "a".repeat(65), 5, null],
      'use 1 to 64 lower-case letters, digits, "_" or "-", beginning with a letter or digit',
    ],
  ]);

  test("rejects a hostPort other than the containerPort", () =>
    expect(lines(portMapping, { containerPort: 80, hostPort: 8080 })).toEqual([
      "it: hostPort 8080 differs from containerPort 80, which Fargate does not allow; remove hostPort",
    ]));
});
