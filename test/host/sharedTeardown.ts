export { stopSharedHost as default } from './shared';
