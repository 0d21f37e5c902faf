/** What the operations of the WATI node call, in one: they hold it in their session, because it is loaded when the node first runs. */
export * from './account';
export * from './campaigns';
export * from './chatbots';
export * from './contacts';
export * from './contactUpdates';
export * from './conversations';
export * from './interactive';
export * from './media';
export * from './messages';
export * from './schedule';
export * from './templates';
export { listPages } from './call';
export { refusedInSuccess } from './explain';
export { collect } from './mediaStream';
