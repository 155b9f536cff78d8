import { parseArgs } from 'node:util';

/** `--name value` for these names; throws for anything else. */
export function flagsFrom<Name extends string>(args: readonly string[], names: readonly Name[]): Partial<Record<Name, string>> {
  const options = Object.fromEntries(names.map((name) => [name, { type: 'string' as const }]));
  return parseArgs({ args: [...args], options, strict: true }).values as Partial<Record<Name, string>>;
}
