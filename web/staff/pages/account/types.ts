import type { paths } from '../../../shared/api/schema.d.ts';

export type Token = paths['/api/v1/tokens']['get']['responses'][200]['content']['application/json']['items'][number];
export type Deputy = paths['/api/v1/deputies']['get']['responses'][200]['content']['application/json']['items'][number];
export type Permission = paths['/api/v1/tokens']['post']['requestBody']['content']['application/json']['permissions'][number];
