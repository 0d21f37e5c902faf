import type { WatiResource } from '../../shared/session';
import { create } from './create';
import { get } from './get';
import { update } from './update';

export const contact: WatiResource = {
	value: 'contact',
	name: 'Contact',
	operations: [create, get, update],
};
