import type { Template } from './records';

/** MessageTemplateDto (section 6.10). */
export function templateDto(template: Template): Record<string, unknown> {
	const { id, name, category, status, language, body, parameters, header, footer, buttons, lastModified } = template;
	return {
		id,
		name,
		category,
		sub_category: 'STANDARD',
		catalog_info: null,
		hsm: body,
		hsm_original: body,
		custom_params: parameters,
		status,
		language_option: { key: language, value: language, text: language },
		last_modified: lastModified.toISOString(),
		type: header && header.type !== 'text' ? 'MEDIA' : 'TEXT',
		header: header && {
			type: header.type,
			text: header.text ?? null,
			link: header.link ?? null,
			media_header_id: null,
			media_from_pc: null,
			header_original: header.text ?? null,
			header_param_mapping: null,
		},
		body: filled(template),
		body_original: body,
		footer,
		buttons: buttons.map(buttonDto),
		buttons_type: buttons[0]?.type ?? null,
		carousel_cards: null,
		expires_in: null,
		include_expiry_time: false,
		add_security_recommendation: false,
		is_url_btn_click_tracking_enabled: false,
		limited_time_offer: null,
		quality: 'GREEN',
		creation_method: 'HUMAN',
	};
}

/** The body with the samples in the places of the parameters. */
const filled = ({ body, parameters }: Template): string =>
	parameters.reduce((text, { name, value }) => text.replaceAll(`{{${name}}}`, value), body);

function buttonDto({ type, text, url, phoneNumber }: Template['buttons'][number]): Record<string, unknown> {
	return {
		type,
		parameter: {
			text,
			phone_number: phoneNumber ?? null,
			url: url ?? null,
			url_original: url ?? null,
			url_type: url ? 'static' : null,
			button_param_mapping: null,
			copy_offer_code: null,
			order_details: null,
			flow_id: null,
			flow_action: null,
			navigate_screen: null,
		},
	};
}
