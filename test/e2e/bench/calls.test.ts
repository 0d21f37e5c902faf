import { z } from 'zod';

import { Stopwatch } from '../../bench/measure';
import type { Contender, OpenWork, Row, State } from '../../bench/types';
import { works } from '../../bench/works';
import { sharedHost } from '../../host/shared';
import type { RecordedRequest } from '../../simulators/kit/requests';

jest.setTimeout(240_000);

const queriesOnly = z.object({ compositeRequest: z.array(z.object({ method: z.literal('GET') })) });

/** A COQL query is a POST that writes nothing, and so is a Salesforce composite of queries. */
const isWrite = ({ method, path, body }: RecordedRequest): boolean =>
	method !== 'GET' && !path.endsWith('/coql') && !queriesOnly.safeParse(body).success;

interface Expected {
	contacts: number;
	state: State;
	/** Calls in all, at most. */
	calls: number;
	/** Those of them that write, exactly. */
	writes: number;
}

/** A call costs the builder time and a part of the plan's quota: how many are needed is promised in the README. */
const promised: Array<[Row['work'], string, Expected[]]> = [
	[
		'upsert',
		'salesforce',
		[
			{ contacts: 1, state: 'new', calls: 2, writes: 1 },
			{ contacts: 1, state: 'changed', calls: 2, writes: 1 },
			{ contacts: 1, state: 'unchanged', calls: 1, writes: 0 },
			{ contacts: 1_000, state: 'half', calls: 12, writes: 6 },
			{ contacts: 1_000, state: 'unchanged', calls: 5, writes: 0 },
			{ contacts: 10_000, state: 'half', calls: 120, writes: 50 },
		],
	],
	[
		'upsert',
		'zoho',
		[
			// The first run of a connection also asks once who is connected; n8n's process remembers it.
			{ contacts: 1, state: 'new', calls: 3, writes: 1 },
			{ contacts: 1, state: 'new', calls: 2, writes: 1 },
			{ contacts: 1, state: 'changed', calls: 2, writes: 1 },
			{ contacts: 1, state: 'unchanged', calls: 1, writes: 0 },
			{ contacts: 1_000, state: 'half', calls: 22, writes: 10 },
			{ contacts: 1_000, state: 'unchanged', calls: 11, writes: 0 },
		],
	],
	[
		'upsert',
		'wati',
		[
			{ contacts: 1, state: 'new', calls: 2, writes: 1 },
			{ contacts: 1, state: 'changed', calls: 2, writes: 1 },
			{ contacts: 1, state: 'unchanged', calls: 1, writes: 0 },
			{ contacts: 1_000, state: 'changed', calls: 22, writes: 10 },
			{ contacts: 1_000, state: 'new', calls: 1_001, writes: 1_000 },
			{ contacts: 1_000, state: 'unchanged', calls: 11, writes: 0 },
		],
	],
	[
		'upsert',
		'wawp',
		[
			{ contacts: 1, state: 'new', calls: 2, writes: 1 },
			{ contacts: 1, state: 'changed', calls: 2, writes: 1 },
			{ contacts: 1, state: 'unchanged', calls: 1, writes: 0 },
			{ contacts: 1_000, state: 'half', calls: 2_000, writes: 1_000 },
			{ contacts: 1_000, state: 'unchanged', calls: 1_000, writes: 0 },
		],
	],
	['broadcast', 'wati', [{ contacts: 1_000, state: 'new', calls: 1, writes: 1 }]],
	['media', 'wati', [{ contacts: 1, state: 'unchanged', calls: 1, writes: 0 }]],
];

describe.each(promised)('%s %s needs few calls', (name, vendor, expected) => {
	let open: OpenWork;
	let ours: Contender;
	let stopwatch: Stopwatch;

	beforeAll(async () => {
		const work = works.find((one) => one.work === name && one.vendor === vendor);
		if (!work) throw new Error(`There is no work ${name} ${vendor}`);
		const host = await sharedHost();
		stopwatch = new Stopwatch(host, 0);
		open = await work.open(host);
		ours = await open.ours();
	});

	afterAll(async () => await open.close());

	test.each(expected)('$contacts, $state: at most $calls calls, $writes of them writes', async (row) => {
		const { calls } = await stopwatch.run(open, ours, row);
		expect(calls).toBeLessThanOrEqual(row.calls);
		expect(open.requests().filter(isWrite)).toHaveLength(row.writes);
	});
});
