/**
 * `…/demo@sha256:86e2db63…`: image references and ARNs cut to their last part, and digests short enough for two on a
 * line.
 */
export function abbreviate(text: string): string {
  return text.replace(/[\w.:-]+\/(?:[\w.-]+\/)*(?=[\w.-])/g, "…/").replace(/(sha256:[0-9a-f]{8})[0-9a-f]{56}/g, "$1…");
}
