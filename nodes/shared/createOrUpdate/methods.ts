import type { ILoadOptionsFunctions, INodePropertyOptions, ResourceMapperFields } from 'n8n-workflow';

import type { LoadCrm } from './crm';

/** The live lists of a Create or Update Contact node. */
export function createOrUpdateMethods(loadCrm: LoadCrm) {
	return {
		resourceMapping: {
			async getContactFields(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
				const { contactFields } = await import('./lists');
				return await contactFields(this, await loadCrm());
			},
		},
		loadOptions: {
			async getSummaryFields(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
				const { summaryFields } = await import('./lists');
				return await summaryFields(this, await loadCrm());
			},
		},
	};
}
