import { brokenRow, cellsOf, runCell } from './cell';
import { Network, Stranger } from './network';
import { record } from './report';
import { TROUBLES } from './table';
import type { Vendor } from './vendor';

/** One test for each cell of a vendor. */
export function testMatrix(vendor: Vendor): void {
	// Longer than a run may take (virtualTime.ts), so that a run without an end stands in the report.
	jest.setTimeout(120_000);
	const network = new Network();
	const stranger = new Stranger();
	beforeAll(async () => void (await Promise.all([vendor.start(), network.open(), stranger.start()])));
	afterAll(async () => void (await Promise.all([vendor.stop(), stranger.stop()])));

	const cells = cellsOf(vendor, TROUBLES).map((cell) => {
		const { step, trouble, duration, expected } = cell;
		return { name: `${step.name}: ${trouble.name}, ${duration} -> ${expected.ending}`, cell };
	});
	test.each(cells)(`${vendor.name} $name`, async ({ cell }) => {
		const row = await runCell(cell, network, stranger).catch((thrown: unknown) => brokenRow(cell, thrown));
		record(row);
		expect(row).toMatchObject({ problems: [], duplicates: 0, lost: 0, leaks: 0 });
	});
}
