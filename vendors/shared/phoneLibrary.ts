/** The parts of libphonenumber-js that are used. The build bundles this one file, so that the package needs nothing installed. */
export { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/min';

export type PhoneLibrary = typeof import('./phoneLibrary');
