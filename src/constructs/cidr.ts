import { isIPv4, isIPv6 } from "node:net";

import { IPv4, IPv6 } from "ipaddr.js";

import { InvalidInputError, quote } from "../errors";
import { isToken } from "./aws-names";

/** What there is to know of a family of addresses. */
interface Family {
  readonly bits: 32 | 128;
  readonly example: string;
  isAddress(text: string): boolean;
  /** In the one form that is compared and shown. */
  canonical(address: string): string;
  /** The address of the network that a block lies in. */
  networkOf(cidr: string): string;
}

const FAMILY_IPV4: Family = {
  bits: 32,
  example: "10.0.0.0/8",
  isAddress: isIPv4,
  canonical: (address) => IPv4.parse(address).toString(),
  networkOf: (cidr) => IPv4.networkAddressFromCIDR(cidr).toString(),
};

const FAMILY_IPV6: Family = {
  bits: 128,
  example: "2001:db8::/32",
  isAddress: (text) => isIPv6(text) && !text.includes("%") && !IPv6.parse(text).isIPv4MappedAddress(),
  canonical: (address) => IPv6.parse(address).toString(),
  networkOf: (cidr) => IPv6.networkAddressFromCIDR(cidr).toString(),
};

/**
 * Checks a block of IPv4 addresses: the address of a network and its length.
 * @throws InvalidInputError naming the property and the value
 */
export function checkCidrIpv4(property: string, cidr: string): void {
  checkCidr(property, cidr, FAMILY_IPV4);
}

/**
 * Checks a block of IPv6 addresses: the address of a network and its length.
 * @throws InvalidInputError naming the property and the value
 */
export function checkCidrIpv6(property: string, cidr: string): void {
  checkCidr(property, cidr, FAMILY_IPV6);
}

function checkCidr(property: string, cidr: string, family: Family): void {
  if (isToken(cidr)) return;
  const [, address = "", length = ""] = /^([^/]+)\/(0|[1-9][0-9]{0,2})$/.exec(cidr) ?? [];
  if (!family.isAddress(address) || Number(length) > family.bits) {
    throw new InvalidInputError(`${property} ${quote(cidr)} is not a CIDR block; use one like ${family.example}`);
  }
  const network = family.networkOf(cidr);
  if (network === address) return;
  if (network === family.canonical(address)) {
    throw new InvalidInputError(`${property} ${quote(cidr)} is not how Amazon EC2 writes it; use ${network}/${length}`);
  }
  throw new InvalidInputError(
    `${property} ${quote(cidr)} is not the address of a network; use ${network}/${length}, or ${String(family.bits)} bits for one address`,
  );
}
