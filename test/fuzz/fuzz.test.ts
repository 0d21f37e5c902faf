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
import { CASES, FEWEST_CASES, type Property } from './kit';

jest.setTimeout(30 * 60_000);

const request = requestProperty();
let run = 0;

async function tryAll(properties: Property[], name: string): Promise<void> {
	await properties.find((one) => one.name === name)?.tryCases();
	run++;
}

const AREAS: Array<[string, Property[]]> = [
	['texts, addresses of people and times', textProperties],
];
