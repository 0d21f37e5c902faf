import { loadPhoneReader } from '../../../vendors/shared/phone';
import { readAddress } from '../../../vendors/wawp/chatId';

const read = async (phone: unknown, chatId: unknown, country?: string) =>
	readAddress({ phone, chatId }, await loadPhoneReader(), country);

test.each([
	['+1 415 555 2671', undefined, '14155552671@c.us'],
	['001 415 555 2671', '', '14155552671@c.us'],
	[14155552671, null, '14155552671@c.us'],
	[undefined, '14155552671@c.us', '14155552671@c.us'],
	['', ' +14155552671@S.WhatsApp.net ', '14155552671@c.us'],
	['', '14155552671:12@s.whatsapp.net', '14155552671@c.us'],
	['', '\u200e14155552671@c.us', '14155552671@c.us'],
	['', '123456789012345@lid', '123456789012345@lid'],
	['', '123456789012345:3@lid', '123456789012345@lid'],
	['+1 415 555 2671', '14155552671@c.us', '14155552671@c.us'],
	['+1 415 555 2671', '123456789012345@lid', '123456789012345@lid'],
	['+52 55 1234 5678', undefined, '5215512345678@c.us'],
	['+52 1 55 1234 5678', undefined, '5215512345678@c.us'],
	['+52 55 1234 5678', '525512345678@c.us', '525512345678@c.us'],
])('phone %j and chat id %j mean %s', async (phone, chatId, expected) => {
	expect((await read(phone, chatId)).chatId).toBe(expected);
});

test('a number without a country code needs the default country', async () => {
	expect((await read('(415) 555-2671', '', 'US')).chatId).toBe('14155552671@c.us');
	await expect(read('415 555 2671', '')).rejects.toThrow('Phone Number is not a phone number with country code');
});

test.each(['14155552671', 'abc@c.us', '120363041234567890@g.us', 'status@broadcast', '@c.us', '1415@c.us/../x'])(
	'%j is no chat id of a person',
	async (chatId) => {
		await expect(read('', chatId)).rejects.toThrow('Chat ID is not the chat ID of a person');
	},
);

test('one of the two has to be there, and they have to agree', async () => {
	await expect(read('', ' ')).rejects.toThrow('Phone Number and Chat ID are missing');
	await expect(read('+1 415 555 2671', '14155552672@c.us')).rejects.toThrow('mean two different people');
});
