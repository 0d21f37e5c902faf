import { emailAddress } from '../shared/checks';
import { EMAIL } from './fields';

/** Salesforce finds an address in any case (A4; seen by what is stored). */
export const emailKey = (email: string): string => email.trim().toLowerCase();

/** The address a contact is found by, as it is sent. @throws InputProblem */
export const readEmail = (value: unknown): string => emailAddress(value, EMAIL.label);
