import { resourceProperties } from '../../shared/operation';
import type { WatiResource } from '../shared/session';
import { account } from './account';
import { campaign } from './campaign';
import { chatbot } from './chatbot';
import { contact } from './contact';
import { conversation } from './conversation';
import { message } from './message';
import { template } from './template';

/** The Resource list, in alphabetical order, as n8n shows it. */
export const resources: WatiResource[] = [account, campaign, chatbot, contact, conversation, message, template];

export const resourceOptions = resources.map(({ name, value }) => ({ name, value }));

export const operationProperties = resources.flatMap((resource) => resourceProperties(resource));
