import { digestOf } from "../../src/image";

// As `printf '' | sha256sum` says.
const EMPTY = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

describe("the digest of a manifest", () => {
  test("is the SHA-256 of its bytes", () => expect(digestOf(new Uint8Array())).toBe(EMPTY));

  test("of text is that of its UTF-8", () => expect(digestOf("hé")).toBe(digestOf(Buffer.from([0x68, 0xc3, 0xa9]))));

  test("changes with white space: it is computed from bytes, not from JSON", () =>
    expect(digestOf("{}")).not.toBe(digestOf("{ }")));
});
