import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { PICTURES } from '../../docs/screenshots/pictures';

const folder = join(__dirname, '../../docs/images');
const files = readdirSync(folder).filter((file) => file.endsWith('.png'));
const pictures = files.map((file) => ({ file, png: readFileSync(join(folder, file)) }));

describe('the pictures of the docs', () => {
	it.each(pictures)('$file is as wide as all others and below 200 kB', ({ png }) => {
		expect(png.readUInt32BE(16)).toBe(2560);
		expect(png.length).toBeLessThan(200_000);
	});

	it('are below 6 MB together', () => {
		expect(pictures.reduce((sum, { png }) => sum + png.length, 0)).toBeLessThan(6_000_000);
	});

	it('are those that the script makes: one for each entry of its table and one for each ready workflow', () => {
		const workflows = readdirSync(join(__dirname, '../../workflows')).filter((file) => file.endsWith('.json'));
		const made = [...PICTURES.map(({ file }) => file), ...workflows.map((file) => `workflow-${file.slice(0, -5)}`)];
		expect(files.map((file) => file.slice(0, -4)).sort()).toEqual(made.sort());
	});
});
