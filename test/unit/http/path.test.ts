import { path } from '../../../http/path';

test.each([
	['14155552671', '/contacts/14155552671/x'],
	['15550001111:14155552671', '/contacts/15550001111%3A14155552671/x'],
	['a/b', '/contacts/a%2Fb/x'],
	['../admin', '/contacts/..%2Fadmin/x'],
	['a b?c#d&e=f', '/contacts/a%20b%3Fc%23d%26e%3Df/x'],
	['%2e%2e', '/contacts/%252e%252e/x'],
	['...', '/contacts/.../x'],
	['Größe 😀', '/contacts/Gr%C3%B6%C3%9Fe%20%F0%9F%98%80/x'],
	['a\\b', '/contacts/a%5Cb/x'],
	['line\nbreak', '/contacts/line%0Abreak/x'],
])('%j stays one part of the path', (value, expected) => {
	const made = path`/contacts/${value}/x`;
	expect(made).toBe(expected);
	expect(new URL(made, 'https://api.vendor.example').pathname).toBe(expected);
});

test.each(['', '.', '..', '\ud800', 'x\udc00'])('%j is refused, because no encoding keeps it in its place', (value) => {
	expect(() => path`/contacts/${value}`).toThrow("can't be part of an address");
});

test('several values, and none', () => {
	expect(path`/a/${'1'}/b/${'2'}`).toBe('/a/1/b/2');
	expect(path`/a`).toBe('/a');
});
