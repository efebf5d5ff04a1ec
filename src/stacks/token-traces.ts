/**
 * Runs `action` without CDKTF's notes of where each token was made. It keeps them to the end, for a line in the message
 * of a token that fails to resolve: in a large app that is half of the memory and a third of the time. What is thrown
 * still has its stack, since errors do not go through `Error.captureStackTrace`.
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
