import type { Locator, Page } from 'playwright-core';

/** n8n's dialog for one connection. */
export class ConnectionDialog {
	readonly root: Locator;

	private constructor(private readonly page: Page) {
		this.root = page.getByTestId('editCredential-modal');
	}

	static async shown(page: Page): Promise<ConnectionDialog> {
		const dialog = new ConnectionDialog(page);
		await dialog.root.waitFor();
		return dialog;
	}

	async fill(values: Record<string, string>): Promise<void> {
		for (const [name, value] of Object.entries(values))
			await this.root.getByTestId(`parameter-input-${name}`).locator('input').fill(value);
	}

	async choose(name: string, choice: string): Promise<void> {
		await this.root.getByTestId(`parameter-input-${name}`).locator('input').first().click();
		await this.page.locator('.el-select-dropdown__item:visible').filter({ hasText: choice }).first().click();
	}

	/** Saves a connection that works: n8n tests it and closes the dialog. */
	async save(): Promise<void> {
		await this.root.getByTestId('credential-save-button').click();
		await this.root.waitFor({ state: 'hidden' });
	}

	/** Saves one that doesn't work and gives what the builder then reads in the dialog. */
	async saveInVain(): Promise<string> {
		await this.root.getByTestId('credential-save-button').click();
		await this.root.getByText('More details').click();
		await this.root.getByText('More details').waitFor({ state: 'hidden' });
		return await this.root.innerText();
	}

	/** Signs in at the vendor in the window that opens, which consents at once; n8n then closes window and dialog. */
	async signIn(): Promise<void> {
		const [consent] = await Promise.all([
			this.page.waitForEvent('popup'),
			this.root.getByRole('button', { name: /^connect/i }).click(),
		]);
		if (!consent.isClosed()) await consent.waitForEvent('close').catch(() => undefined);
		await this.root.waitFor({ state: 'hidden' });
	}

	async close(): Promise<void> {
		await this.page.keyboard.press('Escape');
		await this.root.waitFor({ state: 'hidden' });
	}
}
