import type { Work } from '../types';
import { broadcastWati } from './broadcastWati';
import { mediaWati } from './mediaWati';
import { upsertSalesforce } from './upsertSalesforce';
import { upsertWati } from './upsertWati';
import { upsertWawp } from './upsertWawp';
import { upsertZoho } from './upsertZoho';

export const works: readonly Work[] = [upsertSalesforce, upsertZoho, upsertWati, upsertWawp, broadcastWati, mediaWati];
