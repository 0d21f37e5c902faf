import type { IExecuteFunctions } from 'n8n-workflow';
import { z } from 'zod';

import { InputProblem, shorten } from '../../http/errors';
import { yesOrNo } from '../../vendors/shared/checks';

const collection = z.record(z.unknown()).catch({});

/** The node's parameters as they are for one input item, expressions resolved. */
export class ItemParameters {
	private options?: Record<string, unknown>;

	constructor(
		readonly n8n: IExecuteFunctions,
		readonly index: number,
	) {}

	/** The value as n8n gives it: check it as if a stranger had typed it (an AI agent may have). */
	get(name: string): unknown {
		// Without a fallback n8n throws for a parameter that the node has not got in this setting.
		return this.n8n.getNodeParameter(name, this.index, null) ?? undefined;
	}

	/** A box that is ticked or not; an expression may have it as text. @throws InputProblem */
	flag(name: string, field: string, byDefault = false): boolean {
		return flagOf(this.get(name), field, byDefault);
	}

	/** A box of the "Options" collection; not ticked when the builder has not added it. @throws InputProblem */
	optionFlag(name: string, field: string): boolean {
		return flagOf(this.option(name), field, false);
	}

	/** A value of the "Options" collection; `undefined` when the builder has not added it. */
	option(name: string): unknown {
		this.options ??= collection.parse(this.n8n.getNodeParameter('options', this.index, {}));
		return this.options[name];
	}

	/** An option that is text; `undefined` for an empty one. */
	optionText(name: string): string | undefined {
		const value = this.option(name);
		return value === undefined || value === null || String(value).trim() === '' ? undefined : String(value).trim();
	}

	/** The value and mode of a resource locator; a bare value counts as the given mode. */
	locator(name: string, defaultMode: string): { mode: string; value: unknown } {
		const value = this.get(name);
		const parsed = z.object({ mode: z.string(), value: z.unknown() }).safeParse(value);
		return parsed.success ? { mode: parsed.data.mode, value: parsed.data.value } : { mode: defaultMode, value };
	}

	/** Entries of a fixed collection such as Custom Attributes; an empty list when none was added. */
	entries(name: string, group: string): Array<Record<string, unknown>> {
		const groups = collection.parse(this.get(name));
		return z.array(z.record(z.unknown())).catch([]).parse(groups[group]);
	}

	/**
	 * JSON that may be given as an object, a list or the same as text.
	 * @param example JSON as it should be, for the message.
	 * @throws InputProblem that says where the text stops being JSON.
	 */
	json(name: string, field: string, example = '{"name": "Anna"}'): unknown {
		const value = this.get(name);
		if (typeof value !== 'string') return value;
		if (value.trim() === '') return undefined;
		try {
			return JSON.parse(value) as unknown;
		} catch (thrown) {
			throw notJson(field, value, example, thrown);
		}
	}
}

function flagOf(value: unknown, field: string, byDefault: boolean): boolean {
	return value === undefined || value === null || value === '' ? byDefault : yesOrNo(value, field);
}

function notJson(field: string, value: string, example: string, thrown: unknown): InputProblem {
	return new InputProblem(`${field} is not valid JSON`, {
		field,
		found: value,
		expected: `JSON, such as ${example}`,
		mend: thrown instanceof Error ? `The parser says: ${shorten(thrown.message, 200)}.` : undefined,
	});
}
