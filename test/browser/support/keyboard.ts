import type { Visitor } from './visitor.ts';

/** Somebody without a mouse: everything is reached by Tab and done by keys. */
export class Keyboard {
  readonly #visitor: Visitor;

  constructor(visitor: Visitor) {
    this.#visitor = visitor;
  }

  /** Tabs to it and presses the key that works it: Enter for links and buttons, the space bar for boxes and circles. */
  async press(name: string | RegExp, key: 'Enter' | 'Space' = 'Enter'): Promise<void> {
    await this.#visitor.tabTo(name);
    await this.key(key);
  }

  async type(name: string | RegExp, text: string): Promise<void> {
    await this.#visitor.tabTo(name);
    await this.key('ControlOrMeta+a');
    await this.#visitor.page.keyboard.insertText(text);
  }

  /** Opens a list of choices and goes down to one of them. */
  async choose(name: string | RegExp, option: string, most = 40): Promise<void> {
    const { page } = this.#visitor;
    await this.#visitor.tabTo(name);
    await this.key('Enter');
    for (let steps = 0; steps < most; steps++) {
      const active = await page.evaluate(`(() => {
        const id = document.activeElement?.getAttribute('aria-activedescendant');
        const option = id && document.getElementById(id);
        return option ? (option.getAttribute('aria-label') ?? option.textContent) : '';
      })()`);
      if (String(active).includes(option)) return this.key('Enter');
      await this.key('ArrowDown');
    }
    throw new Error(`the keyboard does not reach ${option}`);
  }

  /** Goes down a browser's own list, which stays closed. */
  async select(name: string, option: string, most = 40): Promise<void> {
    await this.#visitor.tabTo(name);
    for (let steps = 0; steps < most; steps++) {
      await this.key('ArrowDown');
      if ((await this.#visitor.page.evaluate('document.activeElement.selectedOptions[0].textContent')) === option) return;
    }
    throw new Error(`the keyboard does not reach ${option}`);
  }

  async key(key: string): Promise<void> {
    await this.#visitor.page.keyboard.press(key);
  }
}
