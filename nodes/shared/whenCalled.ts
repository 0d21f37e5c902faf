/**
 * A method of a node whose code is loaded when n8n first calls it.
 *
 * n8n loads the nodes of all packages each time it starts and uses few of them soon. So the file of a node holds what n8n wants to
 * know of it at once, its description, and imports what it does (schemas, HTTP, the vendors' calls) by `import()`, in here or in
 * `execute`; the build makes files of their own of that. The unit test of loading (`test/unit/loading.test.ts`) keeps it so.
 * @param load gives the method; what it throws, n8n shows.
 */
export function whenCalled<This, Args extends unknown[], Result>(
	load: () => Promise<(this: This, ...args: Args) => Promise<Result>>,
): (this: This, ...args: Args) => Promise<Result> {
	return async function (...args) {
		const method = await load();
		return await method.call(this, ...args);
	};
}
