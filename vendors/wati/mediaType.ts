import { entryOf } from '../shared/entry';

/** Mime types of the files that people send over WhatsApp, by the ending of their names. */
const BY_ENDING: Record<string, string> = {
	aac: 'audio/aac',
	amr: 'audio/amr',
	csv: 'text/csv',
	doc: 'application/msword',
	docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
	gif: 'image/gif',
	htm: 'text/html',
	html: 'text/html',
	jpeg: 'image/jpeg',
	jpg: 'image/jpeg',
	json: 'application/json',
	m4a: 'audio/mp4',
	mov: 'video/quicktime',
	mp3: 'audio/mpeg',
	mp4: 'video/mp4',
	oga: 'audio/ogg',
	ogg: 'audio/ogg',
	opus: 'audio/ogg',
	pdf: 'application/pdf',
	png: 'image/png',
	ppt: 'application/vnd.ms-powerpoint',
	pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
	rtf: 'application/rtf',
	svg: 'image/svg+xml',
	txt: 'text/plain',
	vcf: 'text/vcard',
	wav: 'audio/wav',
	webp: 'image/webp',
	xls: 'application/vnd.ms-excel',
	xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
	xml: 'application/xml',
	zip: 'application/zip',
	'3gp': 'video/3gpp',
};

/** First bytes by which a file is known, as Latin-1 text at a place; the first that fits counts. Sources: the formats' own descriptions. */
const BY_BYTES: ReadonlyArray<{ at: number; bytes: string; mimeType: string }> = [
	{ at: 0, bytes: '\xff\xd8\xff', mimeType: 'image/jpeg' },
	{ at: 0, bytes: '\x89PNG\r\n', mimeType: 'image/png' },
	{ at: 0, bytes: 'GIF8', mimeType: 'image/gif' },
	{ at: 0, bytes: '%PDF', mimeType: 'application/pdf' },
	{ at: 8, bytes: 'WEBP', mimeType: 'image/webp' },
	{ at: 8, bytes: 'WAVE', mimeType: 'audio/wav' },
	{ at: 4, bytes: 'ftypM4A', mimeType: 'audio/mp4' },
	{ at: 4, bytes: 'ftyp3g', mimeType: 'video/3gpp' },
	{ at: 4, bytes: 'ftypqt', mimeType: 'video/quicktime' },
	{ at: 4, bytes: 'ftyp', mimeType: 'video/mp4' },
	{ at: 0, bytes: 'OggS', mimeType: 'audio/ogg' },
	{ at: 0, bytes: '#!AMR', mimeType: 'audio/amr' },
	{ at: 0, bytes: 'ID3', mimeType: 'audio/mpeg' },
	{ at: 0, bytes: '\xff\xfb', mimeType: 'audio/mpeg' },
	{ at: 0, bytes: '\xff\xf1', mimeType: 'audio/aac' },
	{ at: 0, bytes: '\xff\xf9', mimeType: 'audio/aac' },
	{ at: 0, bytes: 'PK\x03\x04', mimeType: 'application/zip' },
];

const UNKNOWN = 'application/octet-stream';
/** Types that say "some bytes": WATI gives them for files it knows nothing more of (apis/wati.md, action 7). */
const SAYS_NOTHING = new Set([
	'',
	UNKNOWN,
	'binary/octet-stream',
	'application/force-download',
	'application/x-download',
]);

/** The mime type of a file: what the answer's header says, else what its name says, else what its first bytes say. */
export function mimeTypeOf(header: string | undefined, fileName: string | undefined, firstBytes: Uint8Array): string {
	const declared = (header ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
	if (!SAYS_NOTHING.has(declared)) return declared;
	const start = Buffer.from(firstBytes.subarray(0, 16)).toString('latin1');
	return (
		entryOf(BY_ENDING, endingOf(fileName)) ??
		BY_BYTES.find(({ at, bytes }) => start.startsWith(bytes, at))?.mimeType ??
		UNKNOWN
	);
}

/** Whether a file of that name may well begin with text: text files, and those whose names say nothing. No name is not such a file. */
export function mayHoldText(fileName: string | undefined): boolean {
	if (fileName === undefined) return false;
	const type = entryOf(BY_ENDING, endingOf(fileName));
	return type === undefined || /^(text\/|application\/(json|xml|rtf)|image\/svg)/.test(type);
}

/** A name for a file that came without one. */
export function defaultFileName(id: string, mimeType: string): string {
	const ending = Object.entries(BY_ENDING).find(([, type]) => type === mimeType)?.[0];
	return ending === undefined ? id : `${id}.${PREFERRED[ending] ?? ending}`;
}

/** Where several endings mean one type, the usual one. */
const PREFERRED: Record<string, string> = { htm: 'html', jpeg: 'jpg', oga: 'ogg' };

function endingOf(fileName: string | undefined): string {
	return /\.([a-z0-9]{1,8})$/i.exec(fileName ?? '')?.[1]?.toLowerCase() ?? '';
}

/**
 * The file's name in a Content-Disposition header (RFC 6266): `filename*` before `filename`; without folders and control characters.
 * @returns `undefined` when there is none that can be used.
 */
export function fileNameIn(contentDisposition: string | undefined): string | undefined {
	if (contentDisposition === undefined) return undefined;
	const extended = /filename\*\s*=\s*(?:UTF-8|ISO-8859-1)?'[^']*'([^;\s]+)/i.exec(contentDisposition)?.[1];
	const quoted = /filename\s*=\s*"((?:[^"\\]|\\.)*)"/i.exec(contentDisposition)?.[1]?.replace(/\\(.)/g, '$1');
	const bare = /filename\s*=\s*([^";\s][^;]*)/i.exec(contentDisposition)?.[1];
	const name = percentDecoded(extended) ?? utf8(quoted ?? bare);
	const safe = name
		?.split(/[/\\]/)
		.at(-1)
		?.replace(/\p{Cc}/gu, '')
		.trim();
	return safe === undefined || /^\.*$/.test(safe) ? undefined : safe.slice(-200);
}

function percentDecoded(text: string | undefined): string | undefined {
	try {
		return text === undefined ? undefined : decodeURIComponent(text);
	} catch {
		return undefined;
	}
}

/** Headers come as Latin-1; many servers put UTF-8 into them. */
function utf8(text: string | undefined): string | undefined {
	if (text === undefined || !/[\u0080-\u00ff]/.test(text) || /[\u0100-\uffff]/.test(text)) return text;
	const decoded = Buffer.from(text, 'latin1').toString('utf8');
	return decoded.includes('\ufffd') ? text : decoded;
}
