import type { FieldDefinition, FieldType } from './fields';
import type { OrgObject } from './org';
import { objectOf } from './records';
import type { Answer, Call, Route } from './call';

/** Describe, lists of objects and limits (A8, A9). */
export const metadataRoutes: readonly Route[] = [
	{ method: 'GET', pattern: '/', handle: resources },
	{ method: 'GET', pattern: '/limits', handle: limits },
	{ method: 'GET', pattern: '/sobjects', handle: objects },
	{ method: 'GET', pattern: '/sobjects/:type', handle: basic },
	{ method: 'GET', pattern: '/sobjects/:type/describe', handle: describe },
];

function resources(call: Call): Answer {
	const base = `/services/data/${call.version}`;
	return {
		status: 200,
		body: {
			identity: call.session.identityUrl,
			composite: `${base}/composite`,
			limits: `${base}/limits`,
			query: `${base}/query`,
			queryAll: `${base}/queryAll`,
			sobjects: `${base}/sobjects`,
		},
	};
}

function limits({ org }: Call): Answer {
	const { dailyApiRequests: Max } = org.settings;
	return { status: 200, body: { DailyApiRequests: { Max, Remaining: Math.max(0, Max - org.usedRequests) } } };
}

function objects(call: Call): Answer {
	const sobjects = call.org.objects.map((object) => describeObject(object, call.version));
	return { status: 200, body: { encoding: 'UTF-8', maxBatchSize: 200, sobjects } };
}

function basic(call: Call): Answer {
	return {
		status: 200,
		body: { objectDescribe: describeObject(objectOf(call, false), call.version), recentItems: [] },
	};
}

function describe(call: Call): Answer {
	const object = objectOf(call, false);
	return {
		status: 200,
		body: {
			...describeObject(object, call.version),
			actionOverrides: [],
			childRelationships: [],
			compactLayoutable: true,
			fields: object.fields.list.map(describeField),
			listviewable: null,
			lookupLayoutable: null,
			namedLayoutInfos: [],
			networkScopeFieldName: null,
			recordTypeInfos: [
				{
					active: true,
					available: true,
					defaultRecordTypeMapping: true,
					master: true,
					name: 'Master',
					recordTypeId: '012000000000000AAA',
				},
			],
			searchLayoutable: true,
			supportedScopes: null,
		},
	};
}

function describeObject(object: OrgObject, version: string): Record<string, unknown> {
	const url = `/services/data/${version}/sobjects/${object.name}`;
	const { writable } = object;
	return {
		activateable: false,
		createable: writable,
		custom: false,
		customSetting: false,
		deepCloneable: false,
		deletable: writable,
		deprecatedAndHidden: false,
		feedEnabled: true,
		hasSubtypes: false,
		isInterface: false,
		isSubtype: false,
		keyPrefix: object.keyPrefix,
		label: object.label,
		labelPlural: object.labelPlural,
		layoutable: true,
		mergeable: writable,
		mruEnabled: true,
		name: object.name,
		queryable: true,
		replicateable: true,
		retrieveable: true,
		searchable: true,
		triggerable: true,
		undeletable: writable,
		updateable: writable,
		urls: { sobject: url, describe: `${url}/describe`, rowTemplate: `${url}/{ID}` },
	};
}

const SOAP_TYPE: Readonly<Partial<Record<FieldType, string>>> = {
	id: 'tns:ID',
	reference: 'tns:ID',
	boolean: 'xsd:boolean',
	date: 'xsd:date',
	datetime: 'xsd:dateTime',
	int: 'xsd:int',
	double: 'xsd:double',
	currency: 'xsd:double',
	percent: 'xsd:double',
	address: 'urn:address',
};

/** What describe shows of a field: all keys of A8, and those that only the WSDL has. */
export function describeField({ compute, ...shown }: FieldDefinition): Record<string, unknown> {
	return {
		aggregatable: shown.filterable,
		...shown,
		byteLength: shown.length * 3,
		calculatedFormula: shown.calculated && compute ? 'formula' : null,
		cascadeDelete: false,
		controllerName: null,
		dependentPicklist: false,
		defaultValueFormula: null,
		deprecatedAndHidden: false,
		displayLocationInDecimal: false,
		encrypted: false,
		extraTypeInfo: null,
		filteredLookupInfo: null,
		groupable: shown.sortable,
		highScaleNumber: false,
		htmlFormatted: false,
		inlineHelpText: null,
		mask: null,
		maskType: null,
		namePointing: false,
		permissionable: shown.createable && shown.nillable,
		polymorphicForeignKey: false,
		queryByDistance: false,
		referenceTargetField: null,
		relationshipOrder: null,
		restrictedDelete: false,
		searchPrefilterable: false,
		soapType: SOAP_TYPE[shown.type] ?? 'xsd:string',
		writeRequiresMasterRead: false,
	};
}
