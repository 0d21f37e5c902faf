import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

import { resources } from '../../nodes/Wati/resources';
import { EXPLANATIONS, EXPLANATIONS_BY_STATUS } from '../../vendors/salesforce/errorTable';
import { ADVICE_BY_CODE, BY_STATUS as WATI_BY_STATUS } from '../../vendors/wati/explain';
import { REASONS } from '../../vendors/wati/webhooks';
import { BY_STATUS as WAWP_BY_STATUS, SESSION, STATES } from '../../vendors/wawp/explain';
import { BY_CODE as ZOHO_BY_CODE, BY_STATUS as ZOHO_BY_STATUS } from '../../vendors/zoho/explain';
import { BY_CODE as ZOHO_ROW_BY_CODE } from '../../vendors/zoho/rowProblem';
import { TRUTH_TABLE } from './upsert/truthTable';

const repository = join(__dirname, '../..');
const read = (path: string): string => readFileSync(join(repository, path), 'utf8');

const pages = [
	...readdirSync(repository).filter((name) => name.endsWith('.md')),
	...readdirSync(join(repository, 'docs'), { recursive: true, encoding: 'utf8' })
		.filter((name) => name.endsWith('.md'))
		.map((name) => `docs/${name.replaceAll('\\', '/')}`),
];

interface Link {
	page: string;
	/** From the repository's root. */
	path: string;
	anchor: string;
}

/** Links and pictures of a page to other files; examples in code don't count. */
function linksOf(page: string): Link[] {
	const text = read(page)
		.replace(/^```[\s\S]*?^```/gm, '')
		.replace(/`[^`\n]*`/g, '');
	return [...text.matchAll(/\]\(([^)\s]+)\)/g)]
		.map(([, target = '']) => target)
		.filter((target) => !/^[a-z]+:/i.test(target))
		.map((target) => {
			const [path = '', anchor = ''] = target.split('#');
			const file = path === '' ? page : relative(repository, join(repository, dirname(page), path));
			return { page, path: file.replaceAll('\\', '/'), anchor };
		});
}

const links = pages.flatMap(linksOf);

/** The anchors that GitHub makes of a page's headlines. */
function anchorsOf(page: string): string[] {
	return [...read(page).matchAll(/^#{1,6} (.+)$/gm)].map(([, headline = '']) =>
		headline
			.toLowerCase()
			.replace(/[^\p{L}\p{N}\s_-]/gu, '')
			.replace(/\s/g, '-'),
	);
}

describe('every page', () => {
	test('links only to what is there', () => {
		const absent = links.filter(({ path }) => !existsSync(join(repository, path)));
		expect(absent).toEqual([]);
	});

	test('links to headlines that are there', () => {
		const wrong = links.filter(
			({ path, anchor }) =>
				anchor !== '' &&
				path.endsWith('.md') &&
				existsSync(join(repository, path)) &&
				!anchorsOf(path).includes(anchor),
		);
		expect(wrong).toEqual([]);
	});
});

test('every page can be reached from the README', () => {
	const reached = new Set<string>();
	const follow = (page: string): void => {
		if (reached.has(page) || !pages.includes(page)) return;
		reached.add(page);
		linksOf(page).forEach(({ path }) => follow(path));
	};
	follow('README.md');
	expect(pages.filter((page) => !reached.has(page))).toEqual([]);
});

test('every picture is shown on a page', () => {
	const shown = new Set(links.map(({ path }) => path));
	const pictures = readdirSync(join(repository, 'docs/images')).map((file) => `docs/images/${file}`);
	expect(pictures.filter((path) => !shown.has(path))).toEqual([]);
});

test('every command that a page names is there', () => {
	const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
	const named = pages.flatMap((page) =>
		[...read(page).matchAll(/npm run ([a-z][\w:-]*)/g)].map(([, name = '']) => name),
	);
	expect([...new Set(named)].filter((name) => !(name in scripts))).toEqual([]);
});

test('the page of all parameters is up to date; if not, run npm run docs:parameters', () => {
	const { status } = spawnSync('node_modules/.bin/tsx', ['docs/parameters/run.ts', '--check'], { cwd: repository });
	expect(status).toBe(0);
});

test('the README fits into the package', () => {
	expect(Buffer.byteLength(read('README.md'))).toBeLessThanOrEqual(28_000);
});

test('every link of nodes and connections to our documentation leads to a page', () => {
	const files = ['nodes', 'credentials'].flatMap((folder) =>
		readdirSync(join(repository, folder), { recursive: true, encoding: 'utf8' })
			.filter((name) => /\.(ts|json)$/.test(name))
			.map((name) => `${folder}/${name}`),
	);
	const targets = files.flatMap((file) =>
		[...read(file).matchAll(/n8n-nodes-whatsapp-crm\/blob\/main\/([\w/.-]+)/g)].map(([, path = '']) => path),
	);
	expect(new Set(targets)).toEqual(
		new Set(pages.filter((page) => page.startsWith('docs/nodes/') || page.startsWith('docs/connections/'))),
	);
});

/** The rows of the table that follows a headline, as cells. */
function tableAfter(page: string, headline: string): string[][] {
	const [, section = ''] = read(page).split(`\n${headline}\n`);
	const lines = section.split('\n');
	const start = lines.findIndex((line) => line.startsWith('|'));
	const end = lines.findIndex((line, index) => index > start && !line.startsWith('|'));
	return lines.slice(start + 2, end).map((line) =>
		line
			.split('|')
			.slice(1, -1)
			.map((cell) => cell.trim()),
	);
}

describe("the README's truth table", () => {
	const both = (cell: string): string[] => (cell === 'any' ? ['on', 'off'] : [cell]);
	const told = tableAfter('README.md', '## What happens to a contact')
		.filter(([found]) => found !== 'several')
		.flatMap(([found = '', c = '', u = '', then = '']) => {
			const words = [...then.matchAll(/`(\w+)`/g)].map(([, word = '']) => word).filter((word) => word !== 'skipped');
			const [withSummary = '', without = withSummary] = words;
			const cases = found === 'one' ? ['one, ours', 'one, not ours'] : [found];
			return cases.flatMap((one) => both(c).flatMap((C) => both(u).map((U) => [one, C, U, withSummary, without])));
		});

	test('is the one that tests the engine, each combination once', () => {
		const action = (cell: string): string => cell.split(':')[0] ?? '';
		const tested = TRUTH_TABLE.map(({ found, c, u, withSummary, without }) => [
			found,
			c,
			u,
			action(withSummary),
			action(without),
		]);
		expect(told.map(String).sort()).toEqual(tested.map(String).sort());
	});
});

describe('docs/errors.md names every code that the nodes know', () => {
	const sectionOf = (headline: string): string => {
		const [, section = ''] = read('docs/errors.md').split(`\n## ${headline}\n`);
		return section.split(/\n## /)[0] ?? '';
	};

	test.each([
		['WATI', [...Object.keys(ADVICE_BY_CODE), ...REASONS.map(({ code }) => code)], Object.keys(WATI_BY_STATUS)],
		['Salesforce', EXPLANATIONS.flatMap(({ codes }) => codes), Object.keys(EXPLANATIONS_BY_STATUS)],
		['Zoho CRM', [...Object.keys(ZOHO_BY_CODE), ...Object.keys(ZOHO_ROW_BY_CODE)], Object.keys(ZOHO_BY_STATUS)],
		['Wawp', [SESSION, ...Object.keys(STATES)], Object.keys(WAWP_BY_STATUS)],
	])('%s', (vendor, codes, statuses) => {
		const section = sectionOf(vendor);
		expect(codes.length).toBeGreaterThan(0);
		expect([...new Set(codes)].filter((code) => !section.includes(`\`${code}\``))).toEqual([]);
		expect(statuses.filter((status) => !new RegExp(`^\\|[^|]*\\b${status}\\b`, 'm').test(section))).toEqual([]);
	});
});

describe.each(resources)('the operations of $name', ({ name, operations }) => {
	test.each(operations)('$name stands in the README and on the page of the node', (operation) => {
		const row = read('README.md')
			.split('\n')
			.find((line) => line.startsWith(`| **${name}** `));
		expect((row ?? '').split(/[|·]/).map((cell) => cell.trim())).toContain(operation.name);
		const section = read('docs/nodes/wati.md').split(`\n## ${name}\n`)[1]?.split('\n## ')[0] ?? '';
		expect(section).toContain(`**${operation.name}**`);
	});
});
