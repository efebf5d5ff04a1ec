/**
 * Runs `action` without CDKTF recording a stack trace for each token. CDKTF keeps these to the end, for one line in the
 * error message of a token that fails to resolve; in a large app they take half of the memory and a third of the time.
 * Errors still have their stack traces, since they do not need `Error.captureStackTrace`.
 */
export function withoutTokenTraces(action: () => void): void {
  const errors: { captureStackTrace: (target: object) => void } = Error;
  const { captureStackTrace } = errors;
  errors.captureStackTrace = () => undefined;
  try {
    action();
  } finally {
    errors.captureStackTrace = captureStackTrace;
  }
}
