/**
 * A channel as WATI wants it (apis/wati.md, section 2): by its name, or by its number in digits, in whatever form that is written after its "+".
 */
export function channelText(text: string): string {
	return /^\+[\d\s()./-]*\d$/.test(text) ? text.replace(/\D/g, '') : text;
}
