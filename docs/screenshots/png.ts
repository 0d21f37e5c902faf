import { crc32, deflateSync, inflateSync } from 'node:zlib';

/** A decoded picture: 8 bits a channel, rows from the top. */
interface Pixels {
	width: number;
	height: number;
	/** 3 (red, green, blue) or 4 (with alpha, which is ignored: pages are opaque). */
	channels: number;
	data: Buffer;
}

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const MOST_COLOURS = 256;

/**
 * A screenshot with at most 256 colours, a third of its size: the editor is made of few colours and their edges, so
 * nobody sees the difference. Same picture in, same bytes out. Throws on a PNG that Chromium would not write.
 */
export function withFewColours(png: Buffer): Buffer {
	const pixels = decode(png);
	const { palette, indexOf } = choosePalette(countColours(pixels));
	const { width, height, channels, data } = pixels;
	const rows = Buffer.alloc((width + 1) * height);
	for (let y = 0, from = 0, to = 0; y < height; y += 1) {
		to += 1; // the row's filter: none
		for (let x = 0; x < width; x += 1, from += channels, to += 1) rows[to] = indexOf.get(colourAt(data, from)) ?? 0;
	}
	const header = Buffer.alloc(13);
	header.writeUInt32BE(width, 0);
	header.writeUInt32BE(height, 4);
	header.set([8, 3, 0, 0, 0], 8);
	const colours = Buffer.from(palette.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]));
	return Buffer.concat([
		SIGNATURE,
		chunk('IHDR', header),
		chunk('PLTE', colours),
		chunk('IDAT', deflateSync(rows, { level: 9, memLevel: 9 })),
		chunk('IEND', Buffer.alloc(0)),
	]);
}

const colourAt = (data: Buffer, at: number): number => data.readUIntBE(at, 3);

function countColours({ data, channels }: Pixels): Map<number, number> {
	const counts = new Map<number, number>();
	for (let at = 0; at < data.length; at += channels) {
		const colour = colourAt(data, at);
		counts.set(colour, (counts.get(colour) ?? 0) + 1);
	}
	return counts;
}

/** The most frequent colours; one that is close to a more frequent one is shown as that, and what "close" is grows until all fit. */
function choosePalette(counts: Map<number, number>): { palette: number[]; indexOf: Map<number, number> } {
	const byFrequency = [...counts].sort(([a, many], [b, more]) => more - many || a - b).map(([colour]) => colour);
	for (let close = 0; ; close += 3) {
		const palette: number[] = [];
		const indexOf = new Map<number, number>();
		for (const colour of byFrequency) {
			const nearest = nearestIn(palette, colour);
			if (nearest !== undefined && nearest.distance <= close * close) indexOf.set(colour, nearest.index);
			else indexOf.set(colour, palette.push(colour) - 1);
			if (palette.length > MOST_COLOURS) break;
		}
		if (palette.length <= MOST_COLOURS) return { palette, indexOf };
	}
}

function nearestIn(palette: number[], colour: number): { index: number; distance: number } | undefined {
	let nearest: { index: number; distance: number } | undefined;
	palette.forEach((candidate, index) => {
		const red = (candidate >> 16) - (colour >> 16);
		const green = ((candidate >> 8) & 255) - ((colour >> 8) & 255);
		const blue = (candidate & 255) - (colour & 255);
		const distance = red * red + green * green + blue * blue;
		if (nearest === undefined || distance < nearest.distance) nearest = { index, distance };
	});
	return nearest;
}

function decode(png: Buffer): Pixels {
	if (!png.subarray(0, 8).equals(SIGNATURE)) throw new Error('This is no PNG.');
	const chunks = [...chunksOf(png)];
	const header = chunks.find(({ type }) => type === 'IHDR')?.data ?? Buffer.alloc(13);
	const [depth, colourType, , , interlaced] = header.subarray(8);
	const channels = colourType === 2 ? 3 : colourType === 6 ? 4 : undefined;
	if (depth !== 8 || channels === undefined || interlaced !== 0)
		throw new Error('A PNG of another kind than Chromium writes.');
	const packed = Buffer.concat(chunks.filter(({ type }) => type === 'IDAT').map(({ data }) => data));
	const size = { width: header.readUInt32BE(0), height: header.readUInt32BE(4), channels };
	return { ...size, data: unfiltered(inflateSync(packed), size) };
}

function* chunksOf(png: Buffer): Generator<{ type: string; data: Buffer }> {
	for (let at = 8; at < png.length;) {
		const length = png.readUInt32BE(at);
		yield { type: png.toString('latin1', at + 4, at + 8), data: png.subarray(at + 8, at + 8 + length) };
		at += length + 12;
	}
}

/** Undoes the filter of each row (PNG specification, section 9): every byte was stored as its difference to a prediction. */
function unfiltered(rows: Buffer, { width, height, channels }: Omit<Pixels, 'data'>): Buffer {
	const stride = width * channels;
	const data = Buffer.alloc(stride * height);
	for (let y = 0; y < height; y += 1) {
		const predict = PREDICTIONS[rows[y * (stride + 1)] ?? 0];
		if (predict === undefined) throw new Error('A PNG with an unknown filter.');
		for (let x = 0; x < stride; x += 1) {
			const at = y * stride + x;
			const left = x < channels ? 0 : (data[at - channels] ?? 0);
			const above = y === 0 ? 0 : (data[at - stride] ?? 0);
			const corner = x < channels || y === 0 ? 0 : (data[at - stride - channels] ?? 0);
			data[at] = (rows[at + y + 1] ?? 0) + predict(left, above, corner);
		}
	}
	return data;
}

const PREDICTIONS: Array<(left: number, above: number, corner: number) => number> = [
	() => 0,
	(left) => left,
	(_left, above) => above,
	(left, above) => (left + above) >> 1,
	(left, above, corner) => {
		const guess = left + above - corner;
		const [toLeft, toAbove, toCorner] = [Math.abs(guess - left), Math.abs(guess - above), Math.abs(guess - corner)];
		return toLeft <= toAbove && toLeft <= toCorner ? left : toAbove <= toCorner ? above : corner;
	},
];

function chunk(type: string, data: Buffer): Buffer {
	const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
	const ends = Buffer.alloc(8);
	ends.writeUInt32BE(data.length, 0);
	ends.writeUInt32BE(crc32(body), 4);
	return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
}
