/** `…/demo@sha256:86e2db63…`: image references and ARNs by their last part, and digests so that a line holds two. */
export function abbreviate(text: string): string {
  return text.replace(/[\w.:-]+\/(?:[\w.-]+\/)*(?=[\w.-])/g, "…/").replace(/(sha256:[0-9a-f]{8})[0-9a-f]{56}/g, "$1…");
}
