import { z } from 'zod';

/** Shorter ones would hide parts of ordinary words. */
const SHORTEST = 4;
/** In what a vendor answers only what can't be anything else is hidden, so that no phone number suffers. */
const SHORTEST_IN_DATA = 16;

/** What a connection must never show, in the forms in which a text may hold it. */
export class Secrets {
	private readonly forms: string[];

	constructor(private readonly secrets: readonly string[]) {
		const forms = secrets.filter((secret) => secret.length >= SHORTEST).flatMap(formsOf);
		this.forms = [...new Set(forms)].sort((a, b) => b.length - a.length);
	}

	/** These and more. */
	and(more: readonly string[]): Secrets {
		const isNew = more.some((secret) => !this.secrets.includes(secret));
		return isNew ? new Secrets([...new Set([...this.secrets, ...more])]) : this;
	}

	isIn(text: string): boolean {
		return this.forms.some((form) => text.includes(form));
	}

	/** For texts of errors. */
	hide(text: string): string {
		return replaceAll(text, this.forms);
	}

	/** For what a vendor answers. */
	hideLong(text: string): string {
		return replaceAll(
			text,
			this.forms.filter((form) => form.length >= SHORTEST_IN_DATA),
		);
	}
}

/** As it is, as a part of a URL, and inside JSON. */
function formsOf(secret: string): string[] {
	return [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)];
}

function replaceAll(text: string, forms: readonly string[]): string {
	return forms.reduce((rest, form) => rest.split(form).join('…'), text);
}

/** Names under which connections hold what must not be shown: accessToken, refresh_token, clientSecret; not token_type or accessTokenUrl. */
const SECRET_NAME = /(token|secret|password)$/i;

/**
 * The secrets in a connection as it is stored, wherever in it they stand; of "Bearer abc" only what follows.
 * An OAuth2 client also sends its secret in Base64 behind its id (RFC 6749, 2.3.1).
 */
export function secretsIn(credential: object): string[] {
	return [...Object.entries(credential).flatMap(secretsUnder), ...basicAuthorization(credential)];
}

function secretsUnder([name, value]: [string, unknown]): string[] {
	if (typeof value === 'object' && value !== null) return secretsIn(value);
	if (typeof value !== 'string' || !SECRET_NAME.test(name)) return [];
	return [value.trim().split(/\s/).at(-1) ?? ''];
}

const client = z.object({ clientId: z.string().min(1), clientSecret: z.string().min(1) });

function basicAuthorization(credential: object): string[] {
	const { success, data } = client.safeParse(credential);
	return success ? [Buffer.from(`${data.clientId}:${data.clientSecret}`).toString('base64')] : [];
}
