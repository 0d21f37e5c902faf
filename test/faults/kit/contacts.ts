import type { INodeExecutionData, INodeType } from 'n8n-workflow';

import { mapped, type CrmFixture } from '../../support/crms';
import { runNodeFake } from '../../support/fakeExecute';
import type { N8nHttpOptions } from '../../support/n8nHttp';
import { ITEMS, type RunContext, type Step } from './vendor';

/** Runs Create or Update Contact with three people (or one), each with the text "new". */
export async function runCreateOrUpdate(
	crm: CrmFixture,
	node: INodeType,
	http: N8nHttpOptions,
	context: RunContext,
	people: readonly number[] = PEOPLE,
	options: Record<string, unknown> = {},
): Promise<INodeExecutionData[]> {
	const schema = Object.values(crm.fields).map((id) => ({ id, displayName: id, field: { type: 'text' } }));
	const { marker } = crm.fields;
	const [output] = await runNodeFake(node, {
		parameters: {
			fields: (item: number) => ({
				mappingMode: 'defineBelow',
				value: mapped(crm, people[item] ?? 0, 'new'),
				schema,
			}),
			options: { ...(marker ? { originMarker: { marker: { field: marker, value: 'n8n' } } } : {}), ...options },
		},
		items: people.map(() => ({ json: {} })),
		credentials: http.credentials,
		http: context.http(http),
		onError: context.onError,
		hints: context.hints,
	});
	return output ?? [];
}

export const PEOPLE: readonly number[] = Array.from({ length: ITEMS }, (_, item) => item);

/** What the vendor has of the people of a step. */
export function contactsOf(crm: CrmFixture): Pick<Step, 'isDone' | 'count' | 'mayRunAgain'> {
	return {
		mayRunAgain: true,
		isDone: (item) => crm.stored(item).some(({ text }) => text === 'new'),
		count: (item) => crm.stored(item).length,
	};
}

export function seedPeople(crm: CrmFixture): void {
	for (const person of PEOPLE) crm.seed({ person, text: 'old' });
}
