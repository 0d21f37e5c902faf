import type { CredentialRef, NodeSpec } from '../host/workflowBuilder';

/** n8n's HTTP Request node, version 4.2. */
export interface HttpCall {
	method: string;
	/** May be an expression. */
	url: string;
	/** An expression without its braces, giving an object. */
	json?: string;
	/** A connection of the type "Header Auth". */
	auth?: CredentialRef;
	/** Any status is an answer, and the status comes with it. */
	anyStatus?: boolean;
	/** The answer is a file. */
	file?: boolean;
}

export function httpNode({ method, url, json, auth, anyStatus, file }: HttpCall): NodeSpec {
	const response = {
		...(anyStatus ? { fullResponse: true, neverError: true } : {}),
		...(file ? { responseFormat: 'file' } : {}),
	};
	return {
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.2,
		parameters: {
			method,
			url,
			...(auth ? { authentication: 'genericCredentialType', genericAuthType: 'httpHeaderAuth' } : {}),
			...(json ? { sendBody: true, specifyBody: 'json', jsonBody: `={{ JSON.stringify(${json}) }}` } : {}),
			options: { response: { response } },
		},
		...(auth ? { credentials: { httpHeaderAuth: auth } } : {}),
	};
}
