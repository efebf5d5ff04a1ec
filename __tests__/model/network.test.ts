import { ingressRule, mergeNetwork, network, sourceOf, type NetworkProps } from "../../src/model/network";
import { LIST_REFERENCE, NUMBER_REFERENCE, REFERENCE, describeProperties, lines } from "../support/problems";

const numbered = (prefix: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${prefix}-${index}`);

const IN_VPC: NetworkProps = { vpc: "default" };
const IN_SUBNETS: NetworkProps = { subnets: ["subnet-1"], securityGroups: ["sg-1"] };

describe("a network", () => {
  test.each<[string, NetworkProps]>([
    ["the default VPC", IN_VPC],
    ["a VPC by id", { vpc: { id: "vpc-0123456789abcdef0" } }],
    ["a VPC by a reference to its id", { vpc: { id: REFERENCE } }],
    ["a VPC by tags", { vpc: { tags: { Name: "main", tier: REFERENCE } } }],
    ["a VPC by a tag of AWS's own", { vpc: { tags: { "aws:cloudformation:stack-name": "network" } } }],
    ["subnets of a VPC by tags", { vpc: "default", subnetTags: { tier: "private" } }],
    ["a VPC and 4 security groups", { vpc: "default", securityGroups: numbered("sg", 4) }],
    ["16 subnets and 5 security groups", { subnets: numbered("subnet", 16), securityGroups: numbered("sg", 5) }],
    ["references to subnets and security groups", { subnets: [REFERENCE], securityGroups: [REFERENCE] }],
    ["lists that only Terraform knows", { subnets: LIST_REFERENCE, securityGroups: LIST_REFERENCE }],
    ["public addresses", { vpc: "default", assignPublicIp: true }],
  ])("accepts %s", (_, props) => expect(network.parse(props)).toEqual({ assignPublicIp: false, ...props }));

  const FORMS = "give a vpc, or subnets and securityGroups";
  const TAG_VALUE = 'use at most 256 letters, digits, spaces or "_.:/=+-@", in quotes';

  test.each<[string, object, string]>([
    ["nothing", {}, `neither vpc nor subnets; ${FORMS}`],
    ["security groups alone", { securityGroups: ["sg-1"] }, `neither vpc nor subnets; ${FORMS}`],
    ["subnets alone", { subnets: ["subnet-1"] }, `securityGroups is missing; ${FORMS}`],
    ["a vpc and subnets", { ...IN_VPC, ...IN_SUBNETS }, `vpc and subnets exclude each other; ${FORMS}`],
    [
      "tags of subnets without a vpc",
      { ...IN_SUBNETS, subnetTags: { tier: "private" } },
      "subnetTags needs a vpc; remove it, or give a vpc instead of subnets",
    ],
    [
      "a vpc and 5 security groups",
      { ...IN_VPC, securityGroups: numbered("sg", 5) },
      "securityGroups: 5 and the service's own are 6, but Amazon ECS allows at most 5; remove one",
    ],
    ["no tags, which any VPC has", { vpc: { tags: {} } }, 'vpc: tags is empty; name a tag, an id or "default"'],
    [
      "a tag in which Terraform would see an expression",
      { vpc: { tags: { Name: "${x}" } } },
      `vpc: tags: Name "\${x}" is not valid; ${TAG_VALUE}`,
    ],
    ["half a tag", { vpc: { tags: { Name: undefined } } }, `vpc: tags: Name is missing; ${TAG_VALUE}`],
    [
      "tags of subnets with a name that AWS does not accept",
      { ...IN_VPC, subnetTags: { "%{x}": "private" } },
      'subnetTags: name "%{x}" is not valid; use 1 to 128 letters, digits, spaces or "_.:/=+-@"',
    ],
    ["text for tags", { ...IN_VPC, subnetTags: "private" }, "subnetTags is not an object; write it as { … }"],
    ["an unknown property", { ...IN_VPC, subnetTag: {} }, 'unknown property "subnetTag"; did you mean "subnetTags"?'],
  ])("rejects %s", (_, props, message) => expect(lines(network, props)).toEqual([`it: ${message}`]));

  describeProperties(network, IN_VPC, [["assignPublicIp", [true, false], ["false", 0], "use true or false"]]);
});

describe.each([
  ["subnets", "subnet", 16],
  ["securityGroups", "sg", 5],
])("the %s of a network", (property, prefix, maximum) => {
  const linesOf = (ids: unknown): string[] => lines(network, { ...IN_SUBNETS, [property]: ids });

  test.each([0, maximum + 1])("may not be %d", (count) =>
    expect(linesOf(numbered(prefix, count))).toEqual([`it: ${property} has ${count} entries; give 1 to ${maximum}`]),
  );

  test("may not contain one twice", () =>
    expect(linesOf([`${prefix}-1`, `${prefix}-2`, `${prefix}-1`])).toEqual([
      `it: ${property} has "${prefix}-1" twice; remove one`,
    ]));

  test.each(["vpc-1", `my-${prefix}-1`, `${prefix}-`, `${prefix}-1 `])("may not be %j", (id) =>
    expect(linesOf([`${prefix}-1`, id])).toEqual([
      `it: ${property}[1] "${id}" is not valid; use an id like ${prefix}-0123456789abcdef0`,
    ]),
  );

  test("may not be text", () =>
    expect(linesOf(`${prefix}-1`)).toEqual([`it: ${property} is not a list; write it as [ … ]`]));
});

describe("a network that a service changes", () => {
  const BY_TAGS: NetworkProps = {
    vpc: { tags: { Name: "main" } },
    subnetTags: { tier: "private" },
    assignPublicIp: true,
  };

  test.each<[string, NetworkProps, Parameters<typeof mergeNetwork>[1], NetworkProps]>([
    ["stays as it is without changes", BY_TAGS, undefined, BY_TAGS],
    ["stays as it is where changes are undefined", BY_TAGS, { vpc: undefined, subnetTags: undefined }, BY_TAGS],
    ["gets what is added", IN_VPC, { securityGroups: ["sg-1"] }, { ...IN_VPC, securityGroups: ["sg-1"] }],
    [
      "merges tags of subnets",
      BY_TAGS,
      { subnetTags: { zone: "a" } },
      { ...BY_TAGS, subnetTags: { tier: "private", zone: "a" } },
    ],
    [
      "is without public addresses if that is said",
      BY_TAGS,
      { assignPublicIp: false },
      { ...BY_TAGS, assignPublicIp: false },
    ],
    ["replaces lists", IN_SUBNETS, { subnets: ["subnet-2"] }, { ...IN_SUBNETS, subnets: ["subnet-2"] }],
    ["replaces a vpc as a whole", BY_TAGS, { vpc: { id: "vpc-1" } }, { ...BY_TAGS, vpc: { id: "vpc-1" } }],
    ["replaces the tags of a vpc", BY_TAGS, { vpc: { tags: { id: "1" } } }, { ...BY_TAGS, vpc: { tags: { id: "1" } } }],
    [
      "keeps nothing of a vpc but public addresses in subnets",
      BY_TAGS,
      IN_SUBNETS,
      { ...IN_SUBNETS, assignPublicIp: true },
    ],
    ["keeps nothing of subnets in a vpc", IN_SUBNETS, { vpc: { id: "vpc-1" } }, { vpc: { id: "vpc-1" } }],
  ])("%s", (_, base, changes, expected) => {
    const merged = mergeNetwork(base, changes);
    expect(merged).toEqual(expected);
    expect(lines(network, merged)).toEqual([]);
  });

  test("is rejected in two forms at once", () =>
    expect(lines(network, mergeNetwork(IN_VPC, { ...IN_SUBNETS, vpc: "default" }))).toEqual([
      "it: vpc and subnets exclude each other; give a vpc, or subnets and securityGroups",
    ]));
});

describe("an ingress rule", () => {
  const linesOf = (properties: object): string[] => lines(ingressRule, { port: 80, ...properties });

  test("is for tcp by default", () =>
    expect(ingressRule.parse({ port: 80, cidrIpv4: "10.0.0.0/8" })).toStrictEqual({
      port: 80,
      protocol: "tcp",
      cidrIpv4: "10.0.0.0/8",
    }));

  describeProperties(ingressRule, { port: 80, cidrIpv4: "10.0.0.0/8" }, [
    ["port", [1, 65_535], [0, 65_536, 80.5, "80", NUMBER_REFERENCE], "use a whole number from 1 to 65535"],
    ["toPort", [80, 65_535], [0, 65_536, "90", NUMBER_REFERENCE], "use a whole number from 1 to 65535"],
    ["protocol", ["tcp", "udp"], ["http"], "choose tcp or udp"],
  ]);

  describeProperties(ingressRule, { port: 80 }, [
    [
      "securityGroup",
      ["sg-1", "sg-0123456789abcdef0", REFERENCE],
      ["web", "sg-", "sg-1/x", "my-sg-1"],
      "use an id like sg-0123456789abcdef0",
    ],
  ]);

  test("is not for a range that ends before it begins", () =>
    expect(linesOf({ toPort: 79, cidrIpv4: "10.0.0.0/8" })).toEqual([
      "it: toPort 79 is less than port 80, with which the range begins; exchange the two",
    ]));

  test.each([
    [{}, 0],
    [{ cidrIpv4: "10.0.0.0/8", cidrIpv6: "::/0" }, 2],
    [{ cidrIpv4: "10.0.0.0/8", securityGroup: "sg-1" }, 2],
    [{ cidrIpv6: "::/0", securityGroup: "sg-1" }, 2],
    [{ cidrIpv6: "::/0", prefixList: "pl-1" }, 2],
    [{ cidrIpv4: REFERENCE, cidrIpv6: "::/0", securityGroup: "sg-1" }, 3],
  ])("from %j is rejected: it does not have exactly one source", (sources, count) =>
    expect(linesOf(sources)).toEqual([
      `it: ${count} sources; give exactly one of cidrIpv4, cidrIpv6, securityGroup and prefixList`,
    ]),
  );

  test.each([{ cidrIpv4: "10.0.0.0/8" }, { cidrIpv6: "::/0" }, { securityGroup: "sg-1" }, { prefixList: "pl-1" }])(
    "lets in whom %j names",
    (source) => expect(sourceOf(ingressRule.parse({ port: 80, ...source }))).toBe(Object.values(source)[0]),
  );
});
