import { ingressRule } from "../../src/model/network";
import { REFERENCE, lines } from "../support/problems";

const FAMILIES = [
  {
    property: "cidrIpv4",
    example: "10.0.0.0/8",
    bits: 32,
    accepted: ["10.0.0.0/8", "0.0.0.0/0", "192.0.2.1/32", "10.128.0.0/9", REFERENCE],
    rejected: [
      "",
      "10.0.0.0",
      "10.0.0.0/",
      "10.0.0.0/33",
      "10.0.0/8",
      "10.0.0.0/08",
      "10.0.0.0/8/8",
      "a/10.0.0.0/8",
      "::/0",
      10,
      null,
    ],
    corrected: [
      ["10.0.0.1/8", "10.0.0.0/8"],
      ["192.168.255.255/20", "192.168.240.0/20"],
      ["1.2.3.4/0", "0.0.0.0/0"],
      ["255.255.255.255/31", "255.255.255.254/31"],
    ],
  },
  {
    property: "cidrIpv6",
    example: "2001:db8::/32",
    bits: 128,
    accepted: ["2001:db8::/32", "::/0", "2001:db8::1/128", "2001:db8:0:1::/64", REFERENCE],
    rejected: [
      "::",
      "::/129",
      "fe80::1%eth0/128",
      "2001:db8/32",
      "10.0.0.0/8",
      "::/0x0",
      "::/1000",
      "::ffff:10.0.0.0/120",
    ],
    corrected: [
      ["2001:db8::1/32", "2001:db8::/32"],
      ["2001:DB8:0:1:2:3:4:5/65", "2001:db8:0:1::/65"],
      ["::1/0", "::/0"],
      ["1::ffff/127", "1::fffe/127"],
    ],
  },
];

describe.each(FAMILIES)("$property", ({ property, example, bits, accepted, rejected, corrected }) => {
  const linesOf = (cidr: unknown): string[] => lines(ingressRule, { port: 80, [property]: cidr });

  test.each(accepted)("accepts %s", (cidr) => expect(linesOf(cidr)).toEqual([]));

  test.each(rejected)("rejects %j", (cidr) =>
    expect(linesOf(cidr)).toEqual([
      `it: ${property} ${JSON.stringify(cidr)} is not a CIDR block; use one like ${example}`,
    ]),
  );

  test.each(corrected)("rejects %s, which is not the address of a network, and says %s", (cidr, network) =>
    expect(linesOf(cidr)).toEqual([
      `it: ${property} "${cidr}" is not the address of a network; use ${network}, or /${bits} for a single address`,
    ]),
  );
});

test.each<[unknown, string]>([
  [["10.0.0.0/8"], "[ … ]"],
  [Object.create(null), "{}"],
  [{ resolve: () => "10.0.0.0/8" }, "{ resolve: … }"],
])("cidrIpv4 rejects %j, which is no text", (cidrIpv4, shown) =>
  expect(lines(ingressRule, { port: 80, cidrIpv4 })).toEqual([
    `it: cidrIpv4 ${shown} is not a CIDR block; use one like 10.0.0.0/8`,
  ]),
);

test.each([
  ["2001:DB8::/32", "2001:db8::/32"],
  ["2001:0db8::/32", "2001:db8::/32"],
  ["2001:db8:0:0::/64", "2001:db8::/64"],
])("cidrIpv6 rejects %s, which EC2 writes as %s", (cidrIpv6, canonical) =>
  expect(lines(ingressRule, { port: 80, cidrIpv6 })).toEqual([
    `it: cidrIpv6 "${cidrIpv6}" is not how Amazon EC2 writes it; use ${canonical}`,
  ]),
);
