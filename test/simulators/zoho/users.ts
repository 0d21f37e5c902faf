export interface ZohoUser {
	id: string;
	first_name: string;
	last_name: string;
	email: string;
}

/** `integration` is the user who signs in by OAuth, `colleague` a person of the same company. */
export const users = {
	integration: {
		id: '5725767000000411001',
		first_name: 'Ines',
		last_name: 'Integration',
		email: 'ines@company.example',
	},
	colleague: { id: '5725767000000412002', first_name: 'Carl', last_name: 'Colleague', email: 'carl@company.example' },
} satisfies Record<string, ZohoUser>;

export type UserName = keyof typeof users;

export const fullName = (user: ZohoUser): string => `${user.first_name} ${user.last_name}`;

/** A user as records name it. */
export const userReference = (user: ZohoUser) => ({ name: fullName(user), id: user.id, email: user.email });

/** A company that contacts can be linked to. */
export const accounts = [
	{ id: '5725767000000601001', name: 'Acme Trading' },
	{ id: '5725767000000601002', name: "O'Neill & Sons" },
];
