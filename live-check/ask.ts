import axios from 'axios';

export interface Answer {
	status: number;
	headers: Record<string, string>;
	body: unknown;
}

export interface Asking {
	method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
	url: string;
	headers?: Record<string, string>;
	json?: unknown;
}

/** One request as it stands: no retry, no reading into it, because the raw answer is what is wanted. Redirects are not followed. */
export async function ask({ method = 'GET', url, headers, json }: Asking): Promise<Answer> {
	const response = await axios.request<unknown>({
		method,
		url,
		headers,
		data: json,
		timeout: 30_000,
		maxRedirects: 0,
		validateStatus: () => true,
	});
	return {
		status: response.status,
		headers: Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [name, String(value)])),
		body: response.data,
	};
}

/** An answer for a report that is pasted into an issue: status and shape; of values only codes, and messages without numbers and addresses. */
export function describe({ status, headers, body }: Answer): string {
	const limits = Object.entries(headers).filter(([name]) => /^(retry-after|x-ratelimit|sforce-limit-info)/i.test(name));
	const head = limits.map(([name, value]) => `${name}: ${value}`).join(', ');
	return `${status}${head ? ` (${head})` : ''} ${shape(body)}`;
}

function shape(value: unknown, name = '', depth = 0): string {
	if (value === null) return 'null';
	if (typeof value === 'string') {
		if (/^(code|errorCode|error|status|action)$/i.test(name)) return JSON.stringify(value.slice(0, 60));
		if (/^(message|info|error_description)$/i.test(name)) return JSON.stringify(masked(value).slice(0, 120));
		if (name === '')
			return value.trim().startsWith('<')
				? 'a web page'
				: value === ''
					? 'nothing'
					: JSON.stringify(masked(value).slice(0, 80));
		return 'text';
	}
	if (Array.isArray(value))
		return value.length === 0
			? '[]'
			: `[${shape(value[0], name, depth + 1)}${value.length > 1 ? `, … ${value.length}` : ''}]`;
	if (typeof value === 'object') {
		if (depth > 2) return '{…}';
		return `{ ${Object.entries(value)
			.slice(0, 30)
			.map(([key, inner]) => `${key}: ${shape(inner, key, depth + 1)}`)
			.join(', ')} }`;
	}
	return typeof value === 'number' && /code|count|status/i.test(name) ? String(value) : typeof value;
}

function masked(text: string): string {
	return text.replace(/[^\s@]+@[^\s@]+/g, '…@…').replace(/\d{5,}/g, '…');
}
