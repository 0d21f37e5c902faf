import type { ICredentialType, INodeProperties, INodePropertyCollection, INodeTypeDescription } from 'n8n-workflow';

import { SalesforceConnectionOAuth2Api } from '../../credentials/SalesforceConnectionOAuth2Api.credentials';
import { WatiConnectionApi } from '../../credentials/WatiConnectionApi.credentials';
import { WawpConnectionApi } from '../../credentials/WawpConnectionApi.credentials';
import { ZohoConnectionOAuth2Api } from '../../credentials/ZohoConnectionOAuth2Api.credentials';
import { SalesforceCreateOrUpdateContact } from '../../nodes/SalesforceCreateOrUpdateContact/SalesforceCreateOrUpdateContact.node';
import { Wati } from '../../nodes/Wati/Wati.node';
import { WatiCreateOrUpdateContact } from '../../nodes/WatiCreateOrUpdateContact/WatiCreateOrUpdateContact.node';
import { WatiTrigger } from '../../nodes/WatiTrigger/WatiTrigger.node';
import { WawpCreateOrUpdateContact } from '../../nodes/WawpCreateOrUpdateContact/WawpCreateOrUpdateContact.node';
import { ZohoCreateOrUpdateContact } from '../../nodes/ZohoCreateOrUpdateContact/ZohoCreateOrUpdateContact.node';

const NODES = [
	SalesforceCreateOrUpdateContact,
	Wati,
	WatiCreateOrUpdateContact,
	WatiTrigger,
	WawpCreateOrUpdateContact,
	ZohoCreateOrUpdateContact,
].map((Node) => new Node().description);

const CONNECTIONS: ICredentialType[] = [
	new SalesforceConnectionOAuth2Api(),
	new WatiConnectionApi(),
	new WawpConnectionApi(),
	new ZohoConnectionOAuth2Api(),
];

type Described = Pick<INodeProperties, 'displayName' | 'type' | 'description' | 'hint' | 'placeholder'> & {
	action?: string;
};

/** Every text of a parameter that a builder can read, with those inside of it. */
function allTexts(
	property: INodeProperties | INodePropertyCollection | NonNullable<INodeProperties['options']>[number],
): Described[] {
	const inner = 'values' in property ? property.values : 'options' in property ? (property.options ?? []) : [];
	const modes = ('modes' in property ? (property.modes ?? []) : []).map(
		({ displayName, hint, placeholder }): Described => ({ displayName, type: 'string', hint, placeholder }),
	);
	const own: Described =
		'displayName' in property
			? { type: 'collection', ...property }
			: { ...property, displayName: property.name, type: 'options' };
	return [own, ...modes, ...inner.flatMap(allTexts)];
}

const textsOf = ({ properties }: Pick<INodeTypeDescription, 'properties'>): Described[] =>
	properties.filter(({ type }) => type !== 'hidden').flatMap(allTexts);

const TEXTS = [...NODES, ...CONNECTIONS].flatMap((described) =>
	textsOf(described).map((text) => ({ ...text, where: described.displayName })),
);

const named = ({ where, displayName }: { where: string; displayName: string }): string => `${where}: ${displayName}`;

/** n8n's UX guidelines, as far as a program can read them; the linter sees to title case and the alphabet. */
const RULES: Array<[rule: string, isBroken: (text: Described) => boolean]> = [
	['a hint has at most 120 characters', ({ hint }) => (hint?.length ?? 0) > 120],
	['a description of one sentence has no full stop', ({ description = '' }) => /^[^.]+\.$/.test(description)],
	[
		'a description of several sentences ends with one',
		({ description = '' }) => /\. [A-Z][^.]*[^.>]$/.test(description),
	],
	[
		'a switch says "Whether"',
		({ type, description = '' }) => type === 'boolean' && !description.startsWith('Whether '),
	],
	[
		'a placeholder is an example, or says what is added or selected',
		({ placeholder }) => !!placeholder && !/^(e\.g\. |Add [a-z]|Select an? [a-z])/.test(placeholder),
	],
	['an action has no article', ({ action = '' }) => /\b(a|an|the)\b/i.test(action)],
	[
		'IDs are written in capitals',
		({ displayName, description = '' }) => /\bid\b/.test(`${displayName} ${description}`),
	],
];

test.each(RULES)('%s', (_rule, isBroken) => {
	expect(TEXTS.filter(isBroken).map(named)).toEqual([]);
});

/** What a node says under its name on the canvas. */
function subtitle({ subtitle: text = '' }: INodeTypeDescription, $parameter: Record<string, unknown>): unknown {
	const expression = /^=\{\{(.*)\}\}$/s.exec(text)?.[1] ?? '';
	return new Function('$parameter', `return ${expression}`)($parameter);
}

const byName = (name: string): INodeTypeDescription => {
	const found = NODES.find((node) => node.name === name);
	if (!found) throw new Error(`There is no node ${name}`);
	return found;
};

const choices = (allowCreate: boolean, allowUpdate: boolean, options: object = {}) => ({
	allowCreate,
	allowUpdate,
	options,
});

test.each([
	['wati', { resource: 'message', operation: 'sendFileViaUrl' }, 'send file via url: message'],
	['wati', { resource: 'contact', operation: 'get' }, 'get: contact'],
	['wati', { resource: 'contact', operation: 'upsert' }, 'create or update: contact'],
	['watiTrigger', { events: ['messageReceived', 'newContact'] }, 'message received, new contact'],
	['salesforceCreateOrUpdateContact', choices(true, true), 'create or update'],
	['zohoCreateOrUpdateContact', choices(true, false, { dryRun: true }), 'dry run: create, update own'],
	['watiCreateOrUpdateContact', choices(false, true), 'update only'],
	['wawpCreateOrUpdateContact', choices(true, false), 'create only'],
])('the %s node says what it is about to do: %j', (name, parameters, expected) => {
	expect(subtitle(byName(name), parameters)).toBe(expected);
});
