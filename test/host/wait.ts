import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

export interface WaitOptions {
	/** What is waited for, for the error: "n8n to answer". */
	what: string;
	timeoutMs: number;
	pauseMs?: number;
	/** More to say when time is up, for instance the end of n8n's log. */
	details?: () => string;
}

/** Asks `probe` again and again until it gives something other than undefined. Throws when time is up; an error of the probe itself ends the wait at once. */
export async function waitFor<T>(probe: () => Promise<T | undefined>, options: WaitOptions): Promise<T> {
	const deadline = Date.now() + options.timeoutMs;
	for (;;) {
		const found = await probe();
		if (found !== undefined) return found;
		if (Date.now() >= deadline) throw new Error(timeUp(options));
		await sleep(options.pauseMs ?? 100);
	}
}

function timeUp({ what, timeoutMs, details }: WaitOptions): string {
	const said = details?.();
	return `Waited ${timeoutMs / 1000} s for ${what}, in vain.${said ? `\n${said}` : ''}`;
}

/** The last lines of a log file, to be put into an error; empty where there is no file. */
export function logTail(file: string, lines = 25): string {
	try {
		return `The end of ${file}:\n${readFileSync(file, 'utf8').trimEnd().split('\n').slice(-lines).join('\n')}`;
	} catch {
		return '';
	}
}
