export { digestOf } from "./digest";
export { checkDigest, checkEcrRepository, checkRegistry, checkRepository, checkTag, isPrivateEcr } from "./grammar";
export { DIGEST_LABEL, TAG_LABEL, checkPinning, rejectIdentityLabels, type Pinning } from "./pinning";
export { checkEcrNameLength, formatImageReference, parseImageReference, type ImageReference } from "./reference";
