import { loadPhoneReader, type PhoneReader } from '../../vendors/shared/phone';

let loaded: PhoneReader | undefined;

export async function prepareReadPhone(): Promise<void> {
	loaded = await loadPhoneReader();
}

/** The phone reader, for properties that are declared before it is loaded. */
export const readPhone: PhoneReader = (value, field, country) => {
	if (!loaded) throw new Error('The phone library is not loaded');
	return loaded(value, field, country);
};
