import { answerProperties } from './areas/answers';
import { endpointProperties } from './areas/endpoints';
import { interactiveProperties } from './areas/interactive';
import { mapperProperties } from './areas/mapper';
import { phoneProperties } from './areas/phones';
import { recipientProperties } from './areas/recipients';
import { targetProperties } from './areas/targets';
import { textProperties } from './areas/texts';
import { vendorProperties } from './areas/vendors';
import { requestProperty, webhookProperties } from './areas/webhooks';
import { FEWEST_CASES, tried } from './kit';
import { prepareReadPhone } from './readPhone';

jest.setTimeout(30 * 60_000);

const trigger = requestProperty();

beforeAll(async () => {
	await Promise.all([prepareReadPhone(), trigger.start()]);
});
afterAll(async () => await trigger.stop());

const AREAS = Object.entries({
	'phone numbers': phoneProperties,
	targets: targetProperties,
	'recipients and template parameters': recipientProperties,
	'emails, texts and times': textProperties,
	'interactive messages': interactiveProperties,
	'values of the mapper': mapperProperties,
	'bodies of webhooks': [...webhookProperties, trigger.property],
	'endpoints, tokens and paths': endpointProperties,
	answers: answerProperties,
	'answers of the vendors': vendorProperties,
});

describe.each(AREAS)('%s', (_area, properties) => {
	test.each(properties)('$name', async ({ tryCases }) => await tryCases());
});

test('enough cases were tried', () => {
	const properties = AREAS.flatMap(([, list]) => list).length;
	process.stderr.write(`fuzz: ${tried.cases.toLocaleString('en')} cases over ${properties} properties\n`);
	expect(tried.cases).toBeGreaterThanOrEqual(FEWEST_CASES);
});
