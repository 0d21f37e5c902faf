import { InputProblem } from '../../http/errors';
import { emailAddress } from '../shared/checks';
import { EMAIL } from './fields';

/** Salesforce finds an address in any case (A4; seen by what is stored). */
export const emailKey = (email: string): string => email.trim().toLowerCase();

/** The address a contact is found by, as it is sent. @throws InputProblem */
export function readEmail(value: unknown): string {
	const email = emailAddress(value, EMAIL.label);
	// Half of a character can't be put into a query, and would fail the look-up of all other contacts too.
	if (!/\p{Surrogate}/u.test(email)) return email;
	throw new InputProblem(`${EMAIL.label} holds half of a character`, {
		field: EMAIL.label,
		expected: 'an address such as anna@example.com',
	});
}
