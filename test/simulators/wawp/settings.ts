export type CredentialPlace = 'query' | 'body' | 'headers';

export type SessionStatus = 'STOPPED' | 'STARTING' | 'SCAN_QR_CODE' | 'WORKING' | 'FAILED';

/** Where Wawp's behaviour is disputed or unknown; sections are those of the project's notes (part C). */
export interface WawpSettings {
	/** C1: four ways are described, none confirmed; only the places listed here are read. */
	acceptCredentialsIn: CredentialPlace[];
	/** C1: credentials in query and body at once "can break validation": 400. */
	refuseDuplicatedCredentials: boolean;
	/** C4: state of the session behind the instance. */
	session: SessionStatus;
	/** C5: a session that isn't working: 422 or "Session not found" as WAHA does, 404 `invalid_session`, or the envelope under HTTP 200. */
	whenNotWorking: 422 | 'sessionNotFound' | 404 | 200;
	/** C5: refusals other than 401 come with their own status, or the same body under HTTP 200. */
	refusalStatus: 'own' | 200;
	/** C2: the body of a successful write is unknown; WAHA's is `{"success":true}`. */
	successBody: 'success' | 'empty' | 'echo';
	/** C2: WAHA's class defaults are John and Doe; `keep` leaves what was there, `refuse` is 400. */
	namesNotSent: 'JohnDoe' | 'keep' | 'refuse';
	/** C2: how long an acknowledged write stays invisible to reads. */
	writeLagMs: number;
	/** C2: so many writes are acknowledged and then lost, as with several WhatsApp apps on one phone. */
	loseWrites: number;
	/** Nothing is said of unknown body fields. */
	unknownFields: 'refuse' | 'ignore';
	/** C5: one check a second and instance. */
	limitCheckExists: boolean;
}

export const defaultSettings = (): WawpSettings => ({
	acceptCredentialsIn: ['query', 'body', 'headers'],
	refuseDuplicatedCredentials: true,
	session: 'WORKING',
	whenNotWorking: 422,
	refusalStatus: 'own',
	successBody: 'success',
	namesNotSent: 'JohnDoe',
	writeLagMs: 0,
	loseWrites: 0,
	unknownFields: 'refuse',
	limitCheckExists: true,
});
