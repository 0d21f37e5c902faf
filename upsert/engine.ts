import { carefulDirectory, type CarefulDirectory } from './carefulDirectory';
import type { FieldTable } from './changes';
import type { Match } from './decide';
import { nothingBelieved, withoutWriting, type Believed } from './dryRun';
import { isOurs } from './origin';
import { itemResult, type Happened } from './outcome';
import { planFor, type CreatePlan, type UpdatePlan } from './plan';
import { hasMore, queueByKey, takeNext, type Queue } from './queues';
import type {
	ContactChange,
	ContactDirectory,
	ContactInput,
	ContactKey,
	ItemResult,
	NewContact,
	Problem,
	StoredContact,
	UpsertPolicy,
	WriteResult,
} from './types';
import { wantedValues, type Wanted } from './wanted';
import { afterWrite } from './written';

/**
 * Creates or updates the contacts of a batch, and gives one result for each input, in the order of the inputs.
 *
 * Inputs with the same key take turns, one in each round, so that each meets what the one before it made.
 * Nothing is thrown: what goes wrong is the result of the items that it concerns.
 *
 * @param believed shared by the batches of one dry run, so that a later one meets what an earlier one would have written.
 */
export async function createOrUpdate(
	inputs: readonly ContactInput[],
	policy: UpsertPolicy,
	directory: ContactDirectory,
	believed: Believed = nothingBelieved(),
): Promise<ItemResult[]> {
	const run = new Run(inputs, policy, policy.dryRun ? withoutWriting(directory, policy.origin, believed) : directory);
	for (let queues = queueByKey(inputs); queues.length > 0; queues = queues.filter(hasMore)) {
		await run.round(queues);
	}
	return run.results;
}

/** One input in its round. */
interface Turn {
	queue: Queue;
	place: number;
	input: ContactInput;
	key: ContactKey;
	wanted: Wanted;
}

/** A turn that needs a write. */
interface Creation extends NewContact {
	turn: Turn;
	plan: CreatePlan;
}

interface Update extends ContactChange {
	turn: Turn;
	plan: UpdatePlan;
}

class Run {
	readonly results: ItemResult[];
	private readonly directory: CarefulDirectory;
	private readonly fields: FieldTable;

	constructor(
		inputs: readonly ContactInput[],
		private readonly policy: UpsertPolicy,
		directory: ContactDirectory,
	) {
		this.results = new Array<ItemResult>(inputs.length);
		this.directory = carefulDirectory(directory, fieldIds(inputs, policy));
		this.fields = new Map(directory.fields.map((field) => [field.id, field]));
	}

	async round(queues: readonly Queue[]): Promise<void> {
		const turns = takeNext(queues).map((next): Turn => {
			return { ...next, key: next.input.key, wanted: wantedValues(next.input, this.policy) };
		});
		await this.lookUp(turns.filter(({ queue }) => !queue.matches));
		const { creations, updates } = this.plan(turns);
		this.finish(await this.directory.create(creations));
		this.finish(await this.directory.update(updates));
	}

	private async lookUp(turns: readonly Turn[]): Promise<void> {
		for (const [turn, found] of await this.directory.find(turns)) {
			if (found.ok) turn.queue.matches = found.contacts.map((contact) => this.match(contact));
			else this.reject(turn, found.problem);
		}
	}

	private match(contact: StoredContact): Match {
		return { contact, ours: isOurs(contact, this.policy.origin, this.fields) };
	}

	/** Settles the items that need no write, and gathers the writes of the others. */
	private plan(turns: readonly Turn[]): { creations: Creation[]; updates: Update[] } {
		const creations: Creation[] = [];
		const updates: Update[] = [];
		for (const turn of turns) {
			const { key, wanted, queue } = turn;
			// Without an answer to its look-up the item is settled already.
			if (!queue.matches) continue;
			const plan = planFor(key, wanted, queue.matches, this.policy, this.fields);
			if (plan.do === 'reject') this.reject(turn, plan.problem);
			else if (plan.do === 'nothing') this.settle(turn, plan);
			else if (plan.do === 'create') creations.push({ key, values: plan.values, turn, plan });
			else updates.push({ key, values: plan.values, contact: plan.match.contact, turn, plan });
		}
		return { creations, updates };
	}

	private finish(writes: ReadonlyArray<[Creation | Update, WriteResult]>): void {
		for (const [{ turn, plan }, result] of writes) {
			if (result.ok) {
				const written = afterWrite(plan, result, this.fields);
				turn.queue.matches = [written.match];
				this.settle(turn, written);
			} else {
				// The next input with this key must see for itself what the vendor holds.
				turn.queue.matches = undefined;
				this.reject(turn, result.problem);
			}
		}
	}

	private settle({ input, place, wanted }: Turn, happened: Happened): void {
		this.results[place] = itemResult(input, wanted, this.policy, happened);
	}

	private reject({ input, place }: Turn, error: Problem): void {
		this.results[place] = { ok: false, itemIndex: input.itemIndex, error };
	}
}

/** Every field that a comparison, the origin or an outcome of this batch needs to know. */
function fieldIds(inputs: readonly ContactInput[], { origin }: UpsertPolicy): string[] {
	const ids = new Set<string>(origin.kind === 'marker' ? [origin.field] : []);
	for (const { values, summary } of inputs) {
		for (const id of values.keys()) ids.add(id);
		if (summary) ids.add(summary.field);
	}
	return [...ids];
}
