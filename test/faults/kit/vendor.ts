import type { IHttpRequestOptions, INodeExecutionData } from 'n8n-workflow';

import type { Simulator } from '../../simulators/kit/simulator';
import type { FakeRun } from '../../support/fakeExecute';
import type { N8nHttpOptions } from '../../support/n8nHttp';
import type { Effect } from './table';

/** Items of a run. */
export const ITEMS = 3;

/** What a step's run is given besides its own parameters. */
export interface RunContext {
	onError: NonNullable<FakeRun['onError']>;
	hints: unknown[];
	http(options: N8nHttpOptions): (credentialType: string, options: IHttpRequestOptions) => Promise<unknown>;
}

/** One kind of call, and a run of the node with three items in which it plays a part. */
export interface Step {
	name: string;
	effect: Effect;
	/** Who answers the call. */
	server(): Simulator;
	method: string;
	path: RegExp;
	/** Items of the run where they are not three. */
	items?: number;
	/** Calls of this kind when all is well: one for each item, or one for all of them. */
	calls: typeof ITEMS | 1;
	/** How the vendor says no under HTTP 200. */
	refusal: string | object;
	/** To run the same items again is safe, and mends what went wrong. */
	mayRunAgain?: true;
	/** Puts there what the run needs; the vendor is as good as new. */
	prepare?(): void;
	run(context: RunContext): Promise<INodeExecutionData[]>;
	/** Whether the vendor has what the item wanted: the new values, the message; for files, whether the output has it. */
	isDone(item: number, output: INodeExecutionData | undefined): boolean;
	/** Records or messages that the vendor has for the item. More than one is a duplicate. */
	count(item: number): number;
}

/** One vendor with its simulator and its calls. */
export interface Vendor {
	name: string;
	/** n8n renews its tokens. */
	isOAuth2: boolean;
	start(): Promise<void>;
	stop(): Promise<void>;
	/** Forgets records and traffic, and opens a fresh connection. */
	reset(): void;
	/** Everything of the connection that nobody may ever see; the first one goes along with each call. */
	secrets(): string[];
	/** Requests that may carry a secret in their address. */
	mayShowSecret?(trouble: string): boolean;
	steps: Step[];
}
