/** 128 random bits; `crypto.randomUUID` is absent on plain http, where offices run it in their own network. */
export function newId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
