import { getCountries, parsePhoneNumberFromString as parse, type CountryCode } from 'libphonenumber-js/core';
import metadata from 'libphonenumber-js/metadata.min.json';

/**
 * The parts of libphonenumber-js that are used, with its smallest metadata. The build puts them into one chunk, so that the
 * package needs nothing installed, and leaves out of the metadata how numbers are printed, which is most of it.
 */
export function parsePhoneNumberFromString(text: string, country?: CountryCode) {
	return country ? parse(text, country, metadata) : parse(text, metadata);
}

export function isSupportedCountry(country: string): country is CountryCode {
	return getCountries(metadata).some((known) => known === country);
}

export type PhoneLibrary = typeof import('./phoneLibrary');
