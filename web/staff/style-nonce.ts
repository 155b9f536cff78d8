/** The number that lets antd's style sheets pass the content security policy (ADR 0021). */
export const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';

/**
 * antd hands the number to all style sheets but one: the lock that keeps the page still behind a dialog or drawer
 * (`@rc-component/portal`, useScrollLocker) makes its own without asking. Called once, before the first render.
 */
export function giveNonceToStyles(): void {
  const create = document.createElement.bind(document);
  document.createElement = ((name: string, options?: ElementCreationOptions) => {
    const element = create(name, options);
    if (element instanceof HTMLStyleElement) element.nonce = nonce;
    return element;
  }) as typeof document.createElement;
}
