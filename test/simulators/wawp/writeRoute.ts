import type { FastifyReply, FastifyRequest } from 'fastify';

import { jsonOf, paramOf } from '../kit/input';
import { authorize, requireWorking } from './access';
import type { ContactNames, WawpContact } from './contacts';
import { invalid, missing } from './errors';
import type { WawpSettings } from './settings';
import type { World } from './world';

/** C2: the parameters of the page; credentials and chat id may stand in the body too. */
const bodyFields = ['instance_id', 'access_token', 'chatId', 'firstName', 'lastName'];

/** A person, by number or privacy id. Groups and channels have no name of the address book. */
const person = /^([1-9]\d{6,14}@c\.us|\d{5,20}@lid)$/;

/** `PUT /v2/contacts/{chatId}` (C2): sets the private name of a contact, known or not. */
export function registerWrite(world: World): void {
	world.api.app.put('/v2/contacts/:chatId', async (request, reply) => {
		authorize(world, request);
		const chatId = paramOf(request, 'chatId');
		if (!person.test(chatId)) throw invalid('chatId');
		const names = namesOf(world.settings, chatId, bodyOf(request), world.contacts.get(chatId));
		requireWorking(world);
		world.contacts.write(chatId, names);
		return await acknowledge(world, reply, { id: chatId, ...names });
	});
}

function bodyOf(request: FastifyRequest): Record<string, unknown> {
	if (request.body !== undefined && request.body !== null && !jsonOf(request)) throw invalid('body');
	return jsonOf(request) ?? {};
}

function namesOf(
	settings: WawpSettings,
	chatId: string,
	body: Record<string, unknown>,
	known: WawpContact | undefined,
): ContactNames {
	const unknown = Object.keys(body).find((name) => !bodyFields.includes(name));
	if (unknown && settings.unknownFields === 'refuse') throw invalid(unknown);
	if (body['chatId'] !== undefined && body['chatId'] !== chatId) throw invalid('chatId');
	const nameOf = (field: keyof ContactNames): string => {
		const value = body[field];
		if (value === undefined) return notSent(settings, field, known);
		if (typeof value !== 'string') throw invalid(field);
		return value;
	};
	return { firstName: nameOf('firstName'), lastName: nameOf('lastName') };
}

/** What WAHA's engine fills in for a name that isn't sent. */
const inventedNames: ContactNames = { firstName: 'John', lastName: 'Doe' };

function notSent(settings: WawpSettings, field: keyof ContactNames, known: WawpContact | undefined): string {
	if (settings.namesNotSent === 'refuse') throw missing(field);
	return settings.namesNotSent === 'keep' ? (known?.[field] ?? '') : inventedNames[field];
}

async function acknowledge(
	world: World,
	reply: FastifyReply,
	echo: ContactNames & { id: string },
): Promise<FastifyReply> {
	if (world.settings.successBody === 'empty') return await reply.code(200).send();
	return await reply.code(200).send(world.settings.successBody === 'echo' ? echo : { success: true });
}
