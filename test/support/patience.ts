// The machines that run this are small and busy: a test may be slow, never wrong.
jest.setTimeout(90_000);
