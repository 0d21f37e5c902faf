import type { WatiResource } from '../../shared/session';
import { assignToTeams } from './assignToTeams';
import { count } from './count';
import { create } from './create';
import { createOrUpdate } from './createOrUpdate';
import { deleteOne } from './delete';
import { get } from './get';
import { getMany } from './getMany';
import { update } from './update';

export const contact: WatiResource = {
	value: 'contact',
	name: 'Contact',
	operations: [assignToTeams, count, create, createOrUpdate, deleteOne, get, getMany, update],
	defaultOperation: createOrUpdate,
};
