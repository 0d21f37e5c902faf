import { z } from 'zod';

const plain = z.union([z.string(), z.number().transform(String)]);

/** Words as WATI gives them: a text, a list of texts, or lists of texts by the name of a field. */
const words = z
	.union([
		plain,
		z.array(z.unknown()).transform((list) => list.map(sayingOf).filter(Boolean).join(' ')),
		z.record(z.array(plain)).transform((fields) => Object.values(fields).flat().join(' ')),
	])
	.nullish()
	.catch(undefined)
	.transform((said) => (said?.trim() ? said.trim() : undefined));

/** One of several reasons: a text, or an object with one. */
export function sayingOf(reason: unknown): string {
	return plain.safeParse(reason).data ?? wordsIn(reason) ?? '';
}

const code = z
	.union([z.string(), z.number().transform(String)])
	.nullish()
	.catch(undefined);

const codes = { code, error_code: code, errorCode: code, failed_code: code, failedCode: code };

/**
 * Where WATI was seen to say why, or clients look for it (apis/wati.md, section 3). `errors` and `title` are those of ASP.NET,
 * with which WATI is built, for a body that can't be read.
 */
const saying = z.object({
	...codes,
	failed_detail: words,
	message: words,
	error: words,
	info: words,
	details: words,
	errors: words,
	title: words,
});

/** The message that was to be sent, where it holds the words. */
const inMessage = z.object({ message: z.object({ ...codes, failed_detail: words }) });

/**
 * WATI's own words in an answer, wherever it puts them. Meta's code, which may stand in a field of its own beside a bare
 * "Message Sent Failed", is put behind them.
 */
export function wordsIn(json: unknown): string | undefined {
	const outside = saying.safeParse(json).data;
	const inside = inMessage.safeParse(json).data?.message;
	const said =
		outside?.failed_detail ??
		inside?.failed_detail ??
		outside?.message ??
		outside?.error ??
		outside?.info ??
		outside?.details ??
		outside?.errors ??
		outside?.title;
	const meta = metaCode(outside) ?? metaCode(inside);
	if (meta === undefined || said?.includes(meta)) return said;
	return said === undefined ? `error ${meta}` : `${said} (${meta})`;
}

/** Six digits that begin with 13, or with 10 (Meta's codes in apis/wati.md, section 3). */
function metaCode(found: { [key in keyof typeof codes]?: string | null } | undefined): string | undefined {
	const given = [found?.error_code, found?.errorCode, found?.failed_code, found?.failedCode, found?.code];
	return given.find((one) => /^1[03]\d{4}$/.test(one ?? '')) ?? undefined;
}
