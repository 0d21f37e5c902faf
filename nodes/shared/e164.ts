/** A number as a vendor tells it, in E.164, so that it can be used as it is; what is no plain number stays. */
export function e164(told: string | null | undefined): string | null {
	return told && /^\d{7,15}$/.test(told) ? `+${told}` : (told ?? null);
}
