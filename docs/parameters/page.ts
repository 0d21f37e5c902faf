import type { INodeProperties, INodePropertyCollection, INodeTypeDescription } from 'n8n-workflow';

import { resources } from '../../nodes/Wati/resources';
import { SalesforceCreateOrUpdateContact } from '../../nodes/SalesforceCreateOrUpdateContact/SalesforceCreateOrUpdateContact.node.js';
import { Wati } from '../../nodes/Wati/Wati.node.js';
import { WatiCreateOrUpdateContact } from '../../nodes/WatiCreateOrUpdateContact/WatiCreateOrUpdateContact.node.js';
import { WatiTrigger } from '../../nodes/WatiTrigger/WatiTrigger.node.js';
import { WawpCreateOrUpdateContact } from '../../nodes/WawpCreateOrUpdateContact/WawpCreateOrUpdateContact.node.js';
import { ZohoCreateOrUpdateContact } from '../../nodes/ZohoCreateOrUpdateContact/ZohoCreateOrUpdateContact.node.js';

const HEAD = `# All parameters

Every parameter of every node, as the editor shows them. Written by \`npm run docs:parameters\` from the nodes themselves; what the nodes
do with them is told on their own pages, which the headlines lead to. _At first_ is what stands there when the node, or the option, is added.
`;

/** The page in Markdown, its tables not yet aligned. */
export function parametersPage(): string {
	const wati = new Wati().description;
	const others = [
		new WatiTrigger().description,
		new WatiCreateOrUpdateContact().description,
		new SalesforceCreateOrUpdateContact().description,
		new ZohoCreateOrUpdateContact().description,
		new WawpCreateOrUpdateContact().description,
	];
	return [HEAD, ...watiSections(wati), ...others.flatMap((node) => [headline(node), table(node.properties)])].join(
		'\n',
	);
}

function watiSections(node: INodeTypeDescription): string[] {
	const sections = resources.flatMap((resource) =>
		resource.operations.flatMap((operation) => [`### ${resource.name} > ${operation.name}\n`, table(operation.fields)]),
	);
	return [headline(node), ...sections];
}

const PAGES: Record<string, string> = {
	wati: 'wati',
	watiTrigger: 'wati-trigger',
	watiCreateOrUpdateContact: 'wati-create-or-update-contact',
	salesforceCreateOrUpdateContact: 'salesforce-create-or-update-contact',
	zohoCreateOrUpdateContact: 'zoho-create-or-update-contact',
	wawpCreateOrUpdateContact: 'wawp-create-or-update-contact',
};

const headline = ({ displayName, name }: INodeTypeDescription): string =>
	`## [${displayName}](nodes/${PAGES[name] ?? ''}.md)\n`;

function table(properties: readonly INodeProperties[]): string {
	const rows = properties.flatMap((property) => rowsOf(property, ''));
	if (rows.length === 0) return 'None.\n';
	return ['| Parameter | At first | |', '| --- | --- | --- |', ...rows, ''].join('\n');
}

/** A row for the parameter and one for each that lies in it. */
function rowsOf(property: INodeProperties, parent: string): string[] {
	if (property.type === 'hidden' || property.type === 'notice') return [];
	const name = `${parent}${property.displayName}`;
	const row = `| ${[name, atFirst(property), said(property)].map(cell).join(' | ')} |`;
	return [
		...(property.type === 'collection' ? [] : [row]),
		...inside(property).flatMap((one) => rowsOf(one, `${name} > `)),
	];
}

function inside({ type, options = [] }: INodeProperties): INodeProperties[] {
	if (type === 'collection') return options.filter((one): one is INodeProperties => 'type' in one);
	if (type !== 'fixedCollection') return [];
	return options.filter((one): one is INodePropertyCollection => 'values' in one).flatMap(({ values }) => values);
}

function atFirst({ type, default: value, options = [], required }: INodeProperties): string {
	if (type === 'boolean') return value === true ? 'on' : 'off';
	const choice = options.find((one) => 'value' in one && one.value === value);
	if (choice !== undefined) return choice.name;
	const text = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
	return text === '' && required ? '_required_' : text;
}

/** A longer list, such as that of all countries, is for the editor. */
const MOST_CHOICES = 40;

function said(property: INodeProperties): string {
	const { type, description = '', hint = '', placeholder = '', options = [] } = property;
	const sentences = [description, hint]
		.map((text) => text.replace(/<[^>]+>/g, ''))
		.filter((text) => text !== '')
		.map((text) => (/[.!?]$/.test(text) ? text : `${text}.`));
	const choices = ['options', 'multiOptions'].includes(type) ? options.map(({ name }) => name) : [];
	return [
		...sentences,
		choices.length > 0 && choices.length <= MOST_CHOICES ? `Choices: ${choices.join(', ')}.` : '',
		placeholder.startsWith('e.g. ') ? `${placeholder.replace('e.g. ', 'Example: `')}\`` : '',
	]
		.filter((text) => text !== '')
		.join(' ');
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replace(/\s+/g, ' ').trim();
