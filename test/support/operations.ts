import type { OpenAPIObject } from '@nestjs/swagger';
import { sampleOf, type Components, type Schema } from './samples.ts';

export interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema?: Schema;
}

export interface Operation {
  /** `GET /api/v1/projects/{id}`. */
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly access: string;
  readonly parameters: readonly Parameter[];
  readonly body: Schema | undefined;
  readonly takesFile: boolean;
  readonly isKeyed: boolean;
}

interface Described {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
  readonly 'x-access': string;
}

/** What the description of the API says that there is. */
export function operationsOf(document: OpenAPIObject): Operation[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    (['get', 'post', 'put', 'patch', 'delete'] as const).flatMap((method): Operation[] => {
      const described = item[method] as unknown as Described | undefined;
      if (!described) return [];
      const { parameters = [], requestBody } = described;
      return [
        {
          name: `${method.toUpperCase()} ${path}`,
          method: method.toUpperCase(),
          path,
          access: described['x-access'],
          parameters,
          body: requestBody?.content['application/json']?.schema,
          takesFile: requestBody?.content['multipart/form-data'] !== undefined,
          isKeyed: parameters.some((it) => it.name === 'Idempotency-Key'),
        },
      ];
    }),
  );
}

export function componentsOf(document: OpenAPIObject): Components {
  return (document.components?.schemas ?? {}) as Components;
}

/** `ids` by the parameter's name; what is no id gets a value that its schema permits. */
export function pathOf(operation: Operation, components: Components, ids: (name: string) => string): string {
  return operation.path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const schema = operation.parameters.find((it) => it.in === 'path' && it.name === name)?.schema ?? {};
    return encodeURIComponent(isId(schema) ? ids(name) : String(sampleOf(schema, components)));
  });
}

export function idNamesOf(operation: Operation): string[] {
  return operation.parameters.filter((it) => it.in === 'path' && isId(it.schema ?? {})).map(({ name }) => name);
}

/** Query parameters that the route insists on. */
export function queryOf(operation: Operation, components: Components): string {
  const wanted = operation.parameters.filter((it) => it.in === 'query' && it.required === true);
  const query = new URLSearchParams(wanted.map((it): [string, string] => [it.name, String(sampleOf(it.schema ?? {}, components))]));
  return wanted.length === 0 ? '' : `?${query.toString()}`;
}

export function isVersioned(operation: Operation): boolean {
  return operation.parameters.some((it) => it.in === 'header' && it.name === 'If-Match');
}

function isId(schema: Schema): boolean {
  return schema.format === 'uuid';
}
