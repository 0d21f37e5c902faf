import type { Clock } from '../kit/clock';
import type { WawpSettings } from './settings';

/** A name in the session's own address book. */
export interface WawpContact {
	/** Chat id such as `14155552671@c.us`. */
	id: string;
	firstName: string;
	lastName: string;
	/** The name the person gave themselves; no call changes it. */
	pushname: string;
}

export type ContactNames = Pick<WawpContact, 'firstName' | 'lastName'>;

/** The address book of the session: what was acknowledged, and what reads already show. */
export class AddressBook {
	/** Every write that was acknowledged, in order; `lost` ones never appear. */
	readonly writes: Array<ContactNames & { id: string; lost: boolean }> = [];
	/** Digits of numbers that aren't on WhatsApp; all others are. */
	readonly notOnWhatsApp = new Set<string>();
	/** When a number was last checked, in milliseconds. */
	lastCheckAt = -Infinity;
	private visible = new Map<string, WawpContact>();
	private coming: Array<{ at: number; contact: WawpContact }> = [];
	private lost = 0;

	constructor(
		private readonly clock: Clock,
		private readonly settings: WawpSettings,
	) {}

	/** Puts a contact there, visible at once. */
	seed(contact: WawpContact): void {
		this.visible.set(contact.id, contact);
	}

	write(id: string, names: ContactNames): void {
		const lost = this.lost < this.settings.loseWrites;
		if (lost) this.lost++;
		this.writes.push({ id, ...names, lost });
		if (lost) return;
		const contact = { id, ...names, pushname: this.get(id)?.pushname ?? '' };
		this.coming.push({ at: this.clock.now() + this.settings.writeLagMs, contact });
	}

	/** The contact as reads show it by now. */
	get(id: string): WawpContact | undefined {
		return this.settle().get(id);
	}

	all(): WawpContact[] {
		return [...this.settle().values()];
	}

	clear(): void {
		this.writes.length = 0;
		this.notOnWhatsApp.clear();
		this.visible.clear();
		this.coming = [];
		this.lost = 0;
		this.lastCheckAt = -Infinity;
	}

	private settle(): Map<string, WawpContact> {
		const now = this.clock.now();
		for (const { contact } of this.coming.filter(({ at }) => at <= now)) this.visible.set(contact.id, contact);
		this.coming = this.coming.filter(({ at }) => at > now);
		return this.visible;
	}
}

export const fullName = (contact: ContactNames): string => `${contact.firstName} ${contact.lastName}`.trim();
