import { SeenEvents } from '../../../nodes/WatiTrigger/deduplicate';

const HOUR = 60 * 60 * 1000;
let now = Date.parse('2026-11-20T10:00:00Z');
const event = (id: string) => ({ fields: { eventType: 'message', id } as never, raw: {} });
const ids = (taken: ReturnType<SeenEvents['take']>) => taken.map(({ fields }) => fields.id);

test('an event counts again after the day in which WATI would have tried it', () => {
	const seen = new SeenEvents(() => now);
	expect(ids(seen.take([event('1')]))).toEqual(['1']);
	now += 23 * HOUR;
	expect(ids(seen.take([event('1')]))).toEqual([]);
	now += 2 * HOUR;
	expect(ids(seen.take([event('1')]))).toEqual(['1']);
});

test('a process remembers its last 10,000 events', () => {
	const seen = new SeenEvents(() => now);
	for (let id = 0; id < 10_005; id++) seen.take([event(String(id))]);
	expect(ids(seen.take([event('10')]))).toEqual([]);
	expect(ids(seen.take([event('1')]))).toEqual(['1']);
});

test('what one process has stored the next one knows, and adds its own', () => {
	const [one, other] = [new SeenEvents(() => now), new SeenEvents(() => now)];
	one.take([event('1')]);
	other.take([event('2')]);
	other.load(one.toStore());
	expect(ids(other.take([event('1'), event('2'), event('3')]))).toEqual(['3']);
	const third = new SeenEvents(() => now);
	third.load(other.toStore());
	expect(ids(third.take([event('1'), event('2'), event('3')]))).toEqual([]);
});

test('in a burst it is not stored at every event', () => {
	const seen = new SeenEvents(() => now);
	expect(seen.isToBeStored()).toBe(true);
	seen.toStore();
	expect(seen.isToBeStored()).toBe(false);
	now += 1000;
	expect(seen.isToBeStored()).toBe(true);
});

test('stored rubbish is passed over', () => {
	const seen = new SeenEvents(() => now);
	seen.load('x :: a:b:c : 12345');
	expect(ids(seen.take([event('1')]))).toEqual(['1']);
});
