import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { parse } from '@swc/core';
import type { TsInterfaceDeclaration, TsType, TsTypeAliasDeclaration } from '@swc/core';

/** A type as far as requests and answers need it. */
export type DeclaredType =
  | { readonly kind: 'named'; readonly name: string }
  | { readonly kind: 'list' | 'record'; readonly item: DeclaredType }
  | { readonly kind: 'plain' };

export interface DeclaredField {
  readonly type: DeclaredType;
  readonly optional: boolean;
}

export type Declaration =
  | { readonly kind: 'fields'; readonly fields: ReadonlyMap<string, DeclaredField> }
  | { readonly kind: 'names'; readonly names: readonly string[] };

/** Interfaces and unions of literals by name. */
export type Declarations = ReadonlyMap<string, Declaration>;

/** The declarations of one service of the official TypeScript client, exported or not. */
export async function readService(service: string): Promise<Declarations> {
  // The package exports its entry only, so that its folder is found through that.
  const home = dirname(createRequire(import.meta.url).resolve('@databricks/sdk-experimental'));
  return readDeclarations(await readFile(join(home, 'apis', service, 'model.d.ts'), 'utf8'));
}

export async function readDeclarations(source: string): Promise<Declarations> {
  const { body } = await parse(source, { syntax: 'typescript' });
  const found = new Map<string, Declaration>();
  for (const item of body) {
    const node = item.type === 'ExportDeclaration' ? item.declaration : item;
    const declaration =
      node.type === 'TsInterfaceDeclaration'
        ? fieldsOf(node)
        : node.type === 'TsTypeAliasDeclaration'
          ? namesOf(node)
          : undefined;
    if (declaration !== undefined && 'id' in node && node.id !== undefined) found.set(node.id.value, declaration);
  }
  return found;
}

function fieldsOf(node: TsInterfaceDeclaration): Declaration {
  const fields = new Map<string, DeclaredField>();
  for (const member of node.body.body) {
    if (member.type !== 'TsPropertySignature') continue;
    const { key, optional, typeAnnotation: annotation } = member;
    const name = key.type === 'Identifier' || key.type === 'StringLiteral' ? key.value : undefined;
    if (name === undefined || annotation === undefined) throw new Error(`${node.id.value} has a field of unknown form`);
    fields.set(name, { optional, type: typeOf(annotation.typeAnnotation) });
  }
  return { kind: 'fields', fields };
}

/** A union of literals, or the one literal of an enumeration with one member. */
function namesOf(node: TsTypeAliasDeclaration): Declaration | undefined {
  const { typeAnnotation: type } = node;
  const members = type.type === 'TsUnionType' ? type.types : [type];
  const names = members.flatMap((member) =>
    member.type === 'TsLiteralType' && member.literal.type === 'StringLiteral' ? [member.literal.value] : [],
  );
  return names.length === members.length ? { kind: 'names', names } : undefined;
}

function typeOf(type: TsType): DeclaredType {
  if (type.type === 'TsArrayType') return { kind: 'list', item: typeOf(type.elemType) };
  if (type.type !== 'TsTypeReference' || type.typeName.type !== 'Identifier') return { kind: 'plain' };
  const { value: name } = type.typeName;
  const last = type.typeParams?.params.at(-1);
  if (last !== undefined && name === 'Array') return { kind: 'list', item: typeOf(last) };
  if (last !== undefined && name === 'Record') return { kind: 'record', item: typeOf(last) };
  return { kind: 'named', name };
}
