import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(__dirname, '../../icons');
const names = readdirSync(folder).filter((name) => name.endsWith('.svg'));

/** The canvas of n8n in each theme. */
const BACKGROUND = { light: '#ffffff', dark: '#2b2b2b' };
const LOWEST_CONTRAST = 1.5;

/** Relative luminance of `#rrggbb`, 0 to 1 (WCAG 2, section "relative luminance"). */
function luminance(colour: string): number {
	const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
		const part = parseInt(colour.slice(start, start + 2), 16) / 255;
		return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
	});
	return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
	const [lighter = 0, darker = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
	return (lighter + 0.05) / (darker + 0.05);
}

describe.each(names)('icon %s', (name) => {
	const drawing = readFileSync(join(folder, name), 'utf8');
	const theme = name.endsWith('.dark.svg') ? 'dark' : 'light';

	test('is a square of 60', () => {
		expect(drawing).toContain('viewBox="0 0 60 60"');
	});

	test('has its other theme beside it', () => {
		const other = theme === 'dark' ? name.replace('.dark.svg', '.svg') : name.replace('.svg', '.dark.svg');
		expect(names).toContain(other);
	});

	test(`stands out from the ${theme} canvas: its outlines at least ${LOWEST_CONTRAST} to 1`, () => {
		const shapes = drawing.replace(/<mask[\s\S]*<\/mask>/, '').match(/<(?:rect|circle|path)[^>]*>/g) ?? [];
		const outlines = [shapes[0], shapes.filter((shape) => shape.startsWith('<circle')).at(-1)];
		const fills = outlines.flatMap((shape) => shape?.match(/fill="(#[0-9a-f]{6})"/)?.[1] ?? []);
		expect(fills.length).toBeGreaterThan(0);
		for (const fill of fills) expect(contrast(fill, BACKGROUND[theme])).toBeGreaterThanOrEqual(LOWEST_CONTRAST);
	});

	test('loads nothing and runs nothing', () => {
		expect(drawing).not.toMatch(/<script|<image|<foreignObject|\shref=|url\((?!#)/);
	});
});
