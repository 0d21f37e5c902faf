export type { ContactNames, WawpContact } from './contacts';
export type { CredentialPlace, SessionStatus, WawpSettings } from './settings';
export { WawpSimulator } from './wawpSimulator';
