// The machines that run this are small and busy: a test may be slow, never wrong. In CI it is asked again before it counts as
// failed, and both answers are printed.
jest.setTimeout(90_000);
if (process.env.CI) jest.retryTimes(2, { logErrorsBeforeRetry: true });
