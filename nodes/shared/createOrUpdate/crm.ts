import type { IExecuteFunctions, ILoadOptionsFunctions } from 'n8n-workflow';

import type {
	ContactDirectory,
	ContactKey,
	FieldInfo,
	FieldValue,
	FieldValues,
	UpsertPolicy,
} from '../../../upsert/types';
import type { WritableField } from '../../../vendors/shared/contactField';
import type { ItemParameters } from '../itemParameters';

/** What the values of an item say of its contact, apart from the mapped fields. */
export interface ReadContact {
	key: ContactKey;
	/** The mapped values, with the key in the vendor's own form. */
	values: FieldValues;
}

/** A vendor as the four Create or Update Contact nodes see it. */
export interface Crm {
	/** As the builder knows it, such as "Salesforce". */
	service: string;
	/** Fields without which a contact can't be created or found: id and label. They are also the first in the mapper. */
	required: ReadonlyArray<Pick<WritableField, 'id' | 'label'>>;
	/** Whether a summary is saved although Allow Updating Existing Fields is off (design.md, 5.1). */
	alwaysSaveSummary: boolean;
	/** Where "created by this integration" is kept when the builder says nothing. */
	defaultOrigin: { kind: 'marker'; field: string; value: string } | { kind: 'connectedUser' } | { kind: 'none' };
	/** Values besides the mapped ones, as field id and value. @throws InputProblem */
	moreValues?(item: ItemParameters): Array<[string, FieldValue]>;
	/** Boxes under Options that only this vendor has. */
	flags?: ReadonlyArray<{ name: string; displayName: string }>;
	/** Opens the connection; makes no call. */
	open(context: IExecuteFunctions | ILoadOptionsFunctions): Promise<OpenCrm>;
}

/** Loads the vendor's code, which a node does not need before it is used (whenCalled.ts). */
export type LoadCrm = () => Promise<Crm>;

export interface OpenCrm {
	/** The vendor's live fields; asked for by the editor, and by a run only where it can't do without. */
	fields(): Promise<WritableField[]>;
	/** The contact an item is about. @throws InputProblem */
	readContact(values: FieldValues, defaultCountry: string | undefined): ReadContact;
	directory(fields: FieldInfo[], options: DirectoryOptions): ContactDirectory;
	/** The user that the connection works as, for `connectedUser` origins. */
	connectedUserId?(): Promise<string>;
}

export interface DirectoryOptions {
	policy: UpsertPolicy;
	/** {@link Crm.flags} that are ticked, by their names. */
	ticked: readonly string[];
}
