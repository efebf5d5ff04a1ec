import { isIPv4, isIPv6 } from "node:net";

import { InvalidInputError, quote } from "../errors";
import { isToken } from "./aws-names";

/** How addresses of a family are taken apart into groups of bits, and put together again. */
interface Family {
  readonly bits: 32 | 128;
  readonly bitsOfGroup: 8 | 16;
  readonly example: string;
  is(text: string): boolean;
  parse(address: string): readonly number[];
  format(groups: readonly number[]): string;
}

const IPV4: Family = {
  bits: 32,
  bitsOfGroup: 8,
  example: "10.0.0.0/8",
  is: isIPv4,
  parse: (address) => address.split(".").map(Number),
  format: (groups) => groups.join("."),
};

const IPV6: Family = {
  bits: 128,
  bitsOfGroup: 16,
  example: "2001:db8::/32",
  is: (text) => isIPv6(text) && !text.includes("%"),
  parse: parseIpv6,
  format: (groups) => shortIpv6(groups.map((group) => group.toString(16)).join(":")),
};

/**
 * Checks a block of IPv4 addresses: the address of a network and its length.
 * @throws InvalidInputError naming the property and the value
 */
export function checkCidrIpv4(property: string, cidr: string): void {
  checkCidr(property, cidr, IPV4);
}

/**
 * Checks a block of IPv6 addresses: the address of a network and its length.
 * @throws InvalidInputError naming the property and the value
 */
export function checkCidrIpv6(property: string, cidr: string): void {
  checkCidr(property, cidr, IPV6);
}

function checkCidr(property: string, cidr: string, family: Family): void {
  if (isToken(cidr)) return;
  const [, address = "", length = ""] = /^([^/]+)\/(0|[1-9][0-9]{0,2})$/.exec(cidr) ?? [];
  if (!family.is(address) || Number(length) > family.bits) {
    throw new InvalidInputError(`${property} ${quote(cidr)} is not a CIDR block; use one like ${family.example}`);
  }
  const groups = family.parse(address);
  const network = groups.map((group, index) => masked(group, family.bitsOfGroup, Number(length), index));
  if (groups.join() === network.join()) return;
  throw new InvalidInputError(
    `${property} ${quote(cidr)} is not the address of a network; use ${family.format(network)}/${length}, or ${String(family.bits)} bits for one address`,
  );
}

/** A group of an address, without the bits that are beyond the first `length` of the address. */
function masked(group: number, bits: number, length: number, index: number): number {
  const dropped = Math.min(Math.max((index + 1) * bits - length, 0), bits);
  return (group >> dropped) << dropped;
}

/** The eight groups, with those that `::` stands for. */
function parseIpv6(address: string): number[] {
  const [before = [], after = []] = shortIpv6(address)
    .split("::")
    .map((half) => half.split(":").filter((group) => group !== ""));
  const between = Array.from({ length: 8 - before.length - after.length }, () => "0");
  return [...before, ...between, ...after].map((group) => parseInt(group, 16));
}

/** In the one short form, without dots. */
function shortIpv6(address: string): string {
  return new URL(`http://[${address}]`).hostname.slice(1, -1);
}
