import { refusalInSuccess, type Call, type JsonAnswer } from '../../http/call';
import type { ApiClient } from '../../http/client';
import { asError, RequestError } from '../../http/errors';
import type { WawpConnection } from './connection';
import { explainWawpRefusal, isAboutCredentials, isRefusal, SESSION } from './explain';
import { kindOf, placesFor, withCredentials, type Place } from './placement';

/** A call's answer or error, and where it had its credentials. */
type Tried = { place: Place } & ({ answer: JsonAnswer } | { error: Error });

type Kind = ReturnType<typeof kindOf>;

/** Whether Wawp has read the credentials: a server that is down, or a value it doesn't take, says nothing of them. */
const wereRead = (tried: Tried): boolean =>
	'answer' in tried || (tried.error instanceof RequestError && tried.error.code === SESSION);

/** Wawp's API: what {@link ApiClient} does, credentials where Wawp reads them, and refusals under HTTP 200. */
export class WawpApi {
	/** Where Wawp was found to read credentials, for reads and for writes. */
	private readonly places = new Map<Kind, Place>();
	/** The first call of each kind finds out, the others wait for it. */
	private readonly searches = new Map<Kind, Promise<Tried>>();
	/** The token or the session is of no use: the rest of the run need not ask. */
	private ended?: RequestError;

	constructor(
		private readonly client: ApiClient,
		private readonly connection: WawpConnection,
	) {}

	/** @throws RequestError */
	async json(call: Call): Promise<JsonAnswer> {
		const kind = kindOf(call.method);
		const search = this.searches.get(kind);
		if (search) {
			await search;
			const place = this.places.get(kind);
			return await this.use(await (place ? this.tryPlace(call, place) : this.findPlace(call)));
		}
		const first = this.findPlace(call);
		this.searches.set(kind, first);
		return await this.use(await first);
	}

	private async use(tried: Tried): Promise<JsonAnswer> {
		if ('answer' in tried) return tried.answer;
		const { error } = tried;
		if (error instanceof RequestError && (error.kind === 'unauthorized' || error.code === SESSION))
			this.ended ??= error;
		throw error;
	}

	private async findPlace(call: Call): Promise<Tried> {
		const [first, ...others] = placesFor(call.method, this.connection.choice);
		let tried = await this.tryPlace(call, first ?? 'headers');
		for (const place of others) {
			if ('answer' in tried || !(tried.error instanceof RequestError) || !isAboutCredentials(tried.error)) break;
			tried = await this.tryPlace(call, place);
		}
		if (wereRead(tried)) this.places.set(kindOf(call.method), tried.place);
		return tried;
	}

	private async tryPlace(call: Call, place: Place): Promise<Tried> {
		if (this.ended) return { place, error: this.ended };
		try {
			const answer = await this.client.json(withCredentials(call, place, this.connection));
			return isRefusal(answer.json)
				? { place, error: explainWawpRefusal(refusalInSuccess(answer, call.purpose)) }
				: { place, answer };
		} catch (thrown) {
			return { place, error: asError(thrown) };
		}
	}
}
