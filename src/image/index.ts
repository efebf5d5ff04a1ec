export { formatBuild, parseBuild, type Build } from "./build";
export { digestOf } from "./digest";
export { DIGEST, ECR_REPOSITORY, TAG, isPrivateEcr, placeOfEcr, type Rule } from "./grammar";
export { DIGEST_LABEL, NO_TAG, PINNINGS, TAG_LABEL, identityLabels, type Identity, type Pinning } from "./pinning";
export { MAX_ECR_NAME_LENGTH, formatImageReference, parseImageReference, type ImageReference } from "./reference";
