import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

import { InputProblem } from '../../http/errors';

/** 256 bits as 64 hexadecimal digits. */
export function newSecret(): string {
	return randomBytes(32).toString('hex');
}

/** What is kept of a secret of 256 bits: 64 hexadecimal digits by which it is known again, and from which nobody finds it. */
export function digestOf(secret: string): string {
	return digest(secret).toString('hex');
}

/**
 * Whether a request knows one of the secrets, of which only the digests are kept. Digests are compared, and every one of them, so that
 * neither the time nor the length of what was presented tells anything. Where there are none nobody knows one.
 */
export function knowsOneOf(presented: unknown, digests: readonly string[]): boolean {
	const own = digest(typeof presented === 'string' ? presented : '');
	return digests.filter((known) => timingSafeEqual(own, Buffer.from(known, 'hex'))).length > 0;
}

/** The same for a secret that the builder made up. Without an expected secret nobody knows it. */
export function knowsSecret(presented: unknown, expected: string | undefined): boolean {
	return knowsOneOf(presented, expected === undefined || expected === '' ? [] : [digestOf(expected)]);
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

const TYPED = /^[A-Za-z0-9_-]{24,128}$/;

/** A secret that a builder made up. @throws InputProblem when it is short, or would have to be encoded in an address. */
export function checkedSecret(typed: string): string {
	if (TYPED.test(typed)) return typed;
	const why = typed === '' ? 'is empty' : typed.length < 24 ? 'is too short to be safe' : "can't be part of an address";
	throw new InputProblem(`The Webhook Secret ${why}`, {
		field: 'Webhook Secret',
		expected: '24 to 128 letters and digits, such as a password manager makes them',
		mend: 'Whoever knows the secret can start this workflow, so do not take a word.',
	});
}
