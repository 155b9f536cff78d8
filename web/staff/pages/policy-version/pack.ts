import { api, read } from '../../../shared/api/client.ts';
import type { paths } from '../../../shared/api/schema.d.ts';

type Answer = paths['/api/v1/policy-packs/{kind}/{version}']['get']['responses'][200]['content']['application/json'];

export type Kind = Answer['kind'];
export type Parameter = Answer['content'][string] & { readonly name: string };

export interface Pack extends Pick<Answer, 'kind' | 'version' | 'effectiveFrom' | 'hash'> {
  readonly parameters: readonly Parameter[];
}

export type Published = paths['/api/v1/policy-packs/{kind}']['post']['requestBody']['content']['application/json'];

export async function readPack(kind: Kind, version: number): Promise<Pack> {
  const { content, ...header } = await read(api.GET('/api/v1/policy-packs/{kind}/{version}', { params: { path: { kind, version } } }));
  return { ...header, parameters: Object.entries(content).map(([name, parameter]) => ({ name, ...parameter })) };
}
