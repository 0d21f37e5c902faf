import type { IHookFunctions } from 'n8n-workflow';

import { InputProblem } from '../../http/errors';
import { isRegistered, register } from './register';
import { checkedSecret } from './secret';
import { checkedEvents, readSettings } from './settings';
import { readState } from './state';

/** Whether there is nothing to register. n8n asks when a workflow is published, and again each time it starts. */
export async function checkExists(context: IHookFunctions): Promise<boolean> {
	const settings = readSettings(context);
	if (settings.registration === 'automatic') return !isTest(context) && (await isRegistered(context));
	checkedEvents(settings);
	checkedSecret(settings.typedSecret);
	return true;
}

export async function create(context: IHookFunctions): Promise<boolean> {
	if (isTest(context)) throw noTestAddress();
	await register(context);
	return true;
}

/** WATI has no call for it (apis/wati.md, section 8: 405). What was registered is remembered, for when the workflow is published again. */
export function remove(context: IHookFunctions): boolean {
	const registered = readState(context)?.registrations.length ?? 0;
	if (registered > 0 && !isTest(context)) {
		context.logger.info(
			`WATI can't take back the address of "${context.getNode().name}": it stays registered and is used again when the workflow is published again. To be rid of it, delete it in WATI under Connector > Webhooks.`,
			{ workflowId: context.getWorkflow().id },
		);
	}
	return true;
}

/** The editor listens for one event at another address. */
function isTest(context: IHookFunctions): boolean {
	return context.getMode() === 'manual';
}

/** A test address would be told of every event from then on, for two minutes of listening. */
function noTestAddress(): InputProblem {
	return new InputProblem("WATI can't send test events here, because it can't take a test address back", {
		field: 'Registration',
		expected: 'a published workflow, or Registration: Manual',
		mend: 'Publish the workflow, send a message to your number, and copy the event from the executions into the editor. Or set Registration to Manual, paste the Test URL in WATI under Connector > Webhooks, and delete it there afterwards.',
	});
}
