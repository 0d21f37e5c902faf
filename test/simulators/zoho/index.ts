export * from './coql/ast';
export { parseCoql } from './coql/parser';
export type { SeedOptions, WriteRecord } from './contacts/contacts';
export type { Row } from './contacts/row';
export { contactFields } from './fields/table';
export { allScopes } from './scopes';
export type { ZohoSettings } from './settings';
export { accounts, users } from './users';
export { defaultClient, ZohoSimulator, type SignedIn } from './zohoSimulator';
