import type { WatiResource } from '../../shared/session';
import { get } from './get';
import { getMany } from './getMany';
import { schedule } from './schedule';
import { send } from './send';

export const template: WatiResource = {
	value: 'template',
	name: 'Template',
	operations: [get, getMany, schedule, send],
	defaultOperation: send,
};
