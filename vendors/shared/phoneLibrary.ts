/**
 * The one outside library that ships inside the package: the build replaces this module by a bundle
 * (libphonenumber-js with its smallest metadata), because a community node may have no runtime dependencies.
 * Nothing else imports libphonenumber-js.
 */
export {
	getCountries,
	getCountryCallingCode,
	isSupportedCountry,
	parsePhoneNumberFromString,
	validatePhoneNumberLength,
} from 'libphonenumber-js/min';
export type { CountryCode, PhoneNumber } from 'libphonenumber-js/min';
