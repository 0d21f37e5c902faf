export { duplicateRule, type DuplicateRule } from './duplicateRules';
export { SalesforceError, refuse } from './errors';
export { salesforceFaults } from './faultPresets';
export { choices, field, system, type FieldDefinition, type FieldValue, type StoredRecord } from './fields';
export type { OAuthClient, OAuthSettings, Session } from './oauth';
export type { Activity, OrgSettings, OrgUser, ValidationRule } from './org';
export { SALESFORCE_CLIENT, SALESFORCE_USER, SalesforceSimulator, type SalesforceSimulatorOptions } from './simulator';
export * from './soql/ast';
export { parseSoql } from './soql/parser';
