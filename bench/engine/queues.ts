/** Of the bare worker with the SDK's own settings, and of the one with the product's. */
export const BARE_QUEUE = 'bare';
export const LEAN_QUEUE = 'bare-lean';
