import { resourceProperties } from '../../shared/operation';
import type { WatiResource } from '../shared/session';
import { contact } from './contact';
import { message } from './message';

/** The Resource list, in alphabetical order, as n8n shows it. */
export const resources: WatiResource[] = [contact, message];

export const resourceOptions = resources.map(({ name, value }) => ({ name, value }));

export const operationProperties = resources.flatMap((resource) => resourceProperties(resource));
