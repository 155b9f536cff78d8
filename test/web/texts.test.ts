import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import ts from 'typescript';

interface Source {
  readonly path: string;
  readonly catalogues: readonly Catalogue[];
  /** Of everything but the catalogues. */
  readonly strings: ReadonlySet<string>;
  /** `nav.${…}` and `${…}Why`: what stands before and after the first gap. */
  readonly patterns: readonly (readonly [head: string, tail: string])[];
  readonly imports: ReadonlySet<string>;
}

interface Catalogue {
  readonly namespace: string;
  readonly texts: ReadonlyMap<string, { readonly zh: readonly string[]; readonly en: readonly string[] }>;
}

const sources = readdirSync('web', { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name) && !name.endsWith('.d.ts'))
  .map((name) => sourceOf(join('web', name)));
const catalogues = sources.flatMap(({ path, catalogues: own }) => own.map((catalogue) => ({ path, ...catalogue })));

function sourceOf(path: string): Source {
  const found: Catalogue[] = [];
  const strings = new Set<string>();
  const patterns: [string, string][] = [];
  const imports = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 'defineTexts') {
      const [namespace, texts] = node.arguments;
      if (namespace && ts.isStringLiteral(namespace) && texts) found.push({ namespace: namespace.text, texts: textsOf(texts) });
      return;
    }
    if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
      if (node.moduleSpecifier.text.startsWith('.')) imports.add(normalize(join(dirname(path), node.moduleSpecifier.text)));
      return;
    }
    if (ts.isStringLiteralLike(node)) strings.add(node.text);
    if (ts.isTemplateExpression(node)) patterns.push([node.head.text, node.templateSpans.at(-1)?.literal.text ?? '']);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.ESNext, false, ts.ScriptKind.TSX));
  return { path, catalogues: found, strings, patterns, imports };
}

function textsOf(object: ts.Node): Catalogue['texts'] {
  const texts = new Map<string, { zh: readonly string[]; en: readonly string[] }>();
  for (const entry of (object as ts.ObjectLiteralExpression).properties) {
    const { name, initializer } = entry as ts.PropertyAssignment;
    const languages = new Map(
      (initializer as ts.ObjectLiteralExpression).properties.map((it) => [
        ((it as ts.PropertyAssignment).name as ts.Identifier).text,
        stringsIn((it as ts.PropertyAssignment).initializer),
      ]),
    );
    texts.set((name as ts.Identifier).text, { zh: languages.get('zh') ?? [], en: languages.get('en') ?? [] });
  }
  return texts;
}

function stringsIn(node: ts.Node): string[] {
  if (ts.isStringLiteralLike(node)) return [node.text];
  return (node as ts.ObjectLiteralExpression).properties.map((it) => ((it as ts.PropertyAssignment).initializer as ts.StringLiteral).text);
}

const gaps = (text: string): string => [...new Set([...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name))].sort().join();

describe('the page’s texts', () => {
  it('are found', () => {
    expect(catalogues.length).toBeGreaterThan(8);
  });

  it('stand under the path of their folder or file, each path once', () => {
    const wrong = catalogues.filter(({ path, namespace }) => !path.startsWith(join('web', namespace)));
    expect(wrong.map(({ path }) => path)).toEqual([]);
    expect(new Set(catalogues.map(({ namespace }) => namespace)).size).toBe(catalogues.length);
  });

  it('exist in both languages and have the same gaps', () => {
    const uneven = catalogues.flatMap(({ namespace, texts }) =>
      [...texts]
        .filter(([, { zh, en }]) => zh.length !== 1 || en.length === 0 || [...zh, ...en].some((text) => text.trim() === '') || en.some((it) => gaps(it) !== gaps(zh[0] ?? '')))
        .map(([key]) => `${namespace} ${key}`),
    );
    expect(uneven).toEqual([]);
  });

  it('are all in use by the files that import them', () => {
    const unused = catalogues.flatMap(({ path, namespace, texts }) => {
      const users = sources.filter((source) => source.path === path || source.imports.has(path));
      const isUsed = (key: string): boolean =>
        users.some(
          ({ strings, patterns }) =>
            strings.has(key) ||
            patterns.some(([head, tail]) => head + tail !== '' && key.length > head.length + tail.length && key.startsWith(head) && key.endsWith(tail)),
        );
      return [...texts.keys()].filter((key) => !isUsed(key)).map((key) => `${namespace} ${key}`);
    });
    expect(unused).toEqual([]);
  });
});
