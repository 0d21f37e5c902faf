import { liveReport } from '../../live-check/report';
import { vendorChecks } from '../../live-check/run';
import { configSchema } from '../../live-check/types';
import { salesforceFixture, watiFixture, wawpFixture, zohoFixture } from '../support/crms';

const wati = watiFixture();
const salesforce = salesforceFixture();
const zoho = zohoFixture();
const wawp = wawpFixture();
const all = [wati, salesforce, zoho, wawp];

beforeAll(async () => void (await Promise.all(all.map(async (vendor) => await vendor.start()))));
beforeEach(() => all.forEach((vendor) => vendor.reset()));
afterAll(async () => void (await Promise.all(all.map(async (vendor) => await vendor.stop()))));

function checks(token = wati.simulator.token) {
	const session = salesforce.simulator.openSession();
	return vendorChecks(
		configSchema.parse({
			wati: { apiEndpoint: `${wati.simulator.origin}/12345`, accessToken: token },
			salesforce: { instanceUrl: salesforce.simulator.instanceUrl, accessToken: session.token },
			zoho: { apiDomain: zoho.simulator.api.origin, accessToken: zoho.simulator.grant().access_token },
			wawp: {
				instanceId: wawp.simulator.instanceId,
				accessToken: wawp.simulator.accessToken,
				apiEndpoint: wawp.simulator.origin,
			},
		}),
	);
}

test('read-only, it writes nothing, and the report names each vendor', async () => {
	const report = await liveReport(checks(), undefined);
	for (const { name } of all) expect(report).toContain(`## ${name}`);
	expect(report.match(/The connection works\./g)).toHaveLength(4);
	expect(report).toContain('not asked: needs --write and --phone');
	expect(all.map((vendor) => vendor.stored(1).length)).toEqual([0, 0, 0, 0]);
	expect(salesforce.simulator.contacts.size).toBe(0);
	expect(wati.simulator.account.contacts.size).toBe(0);
});

test('with --write it tries creating and updating the one contact that the user named', async () => {
	const report = await liveReport(checks(), { phone: '14155552671', email: 'me@example.com' });
	expect(report).toMatch(/created, unchanged, updated \| yes/);
	expect(salesforce.simulator.contacts.size).toBe(1);
	expect(zoho.simulator.contacts.having('Email', 'me@example.com')).toHaveLength(1);
	// The WATI simulator makes a second contact of a known number, and the report says that this is not what the code assumes.
	expect(report).toMatch(/a second contact \| \*\*no\*\*/);
	expect(report).toMatch(/merges/);
});

test("a report holds no token and nobody's data", async () => {
	const report = await liveReport(checks(), { phone: '14155552671', email: 'me@example.com' });
	for (const secret of [wati.simulator.token, wawp.simulator.accessToken]) expect(report).not.toContain(secret);
	expect(report).not.toContain('me@example.com');
	expect(report).not.toContain('14155552671');
});

test('a connection that does not work is said so, and the others are asked', async () => {
	const report = await liveReport(checks('wrong-token'), undefined);
	expect(report).toMatch(
		/## WATI\n\nThe connection does not work: The API Endpoint is right, but WATI doesn't accept the Access Token/,
	);
	expect(report.match(/The connection works\./g)).toHaveLength(3);
});
