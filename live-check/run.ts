import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

import { asError } from '../http/errors';
import { loadPhoneReader } from '../vendors/shared/phone';
import { liveReport } from './report';
import { salesforceChecks } from './salesforce';
import { configSchema, type Config, type VendorChecks, type WriteTarget } from './types';
import { watiChecks } from './wati';
import { wawpChecks } from './wawp';
import { zohoChecks } from './zoho';

const USAGE = `npm run live-check -- [--config live-check.json] [--write --phone +14155552671 --email you@example.com] [--report FILE]

Asks real accounts what the vendors' documentation leaves open. Read-only unless --write is given together with a number or
an address of your own, whose contact is then created and changed. The config file (never commit it) looks like this:

{
  "wati": { "apiEndpoint": "https://live-mt-server.wati.io/12345", "accessToken": "..." },
  "salesforce": { "instanceUrl": "https://yourcompany.my.salesforce.com", "accessToken": "..." },
  "zoho": { "apiDomain": "https://www.zohoapis.eu", "accessToken": "..." },
  "wawp": { "instanceId": "...", "accessToken": "..." }
}`;

export function vendorChecks(config: Config): VendorChecks[] {
	return [
		...(config.wati ? [watiChecks(config.wati)] : []),
		...(config.salesforce ? [salesforceChecks(config.salesforce)] : []),
		...(config.zoho ? [zohoChecks(config.zoho)] : []),
		...(config.wawp ? [wawpChecks(config.wawp)] : []),
	];
}

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			config: { type: 'string', default: 'live-check.json' },
			write: { type: 'boolean', default: false },
			phone: { type: 'string' },
			email: { type: 'string' },
			report: { type: 'string' },
			help: { type: 'boolean', default: false },
		},
	});
	if (values.help) return console.log(USAGE);
	const vendors = vendorChecks(configSchema.parse(JSON.parse(readFileSync(values.config, 'utf8'))));
	const report = await liveReport(vendors, values.write ? await writeTarget(values) : undefined, (line) =>
		console.error(line),
	);
	if (values.report) writeFileSync(values.report, report);
	console.log(report);
}

async function writeTarget({ phone, email }: { phone?: string; email?: string }): Promise<WriteTarget> {
	if (!phone && !email) throw new Error('--write needs --phone or --email: whose contact may be changed?');
	const readPhone = await loadPhoneReader();
	return { email, phone: phone && readPhone(phone, '--phone').digits };
}

if (require.main === module) {
	main().catch((thrown: unknown) => {
		console.error(`${asError(thrown).message}\n\n${USAGE}`);
		process.exitCode = 1;
	});
}
