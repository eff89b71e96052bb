/**
 * Writes `operations.ts` into a folder: `node generate.mjs FOLDER SCHEMA`. The types of every operation with
 * those of what it takes, and its text.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';

import { codegen } from '@graphql-codegen/core';
import * as documents from '@graphql-codegen/typed-document-node';
import * as operations from '@graphql-codegen/typescript-operations';
import { buildASTSchema, Kind, parse, parseType, visit } from 'graphql';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const OPERATIONS = join(ROOT, 'clients/operations');
const FILE = 'operations.ts';

const scalar = (name) => ({ input: `./scalars.js#${name}`, output: `./scalars.js#${name}` });

/** What a union may hold that this client does not know stands in each, as if the schema had it. */
const MEMBER = 'UnknownMember';
const written = parse(`${readFileSync(argv[3], 'utf8')}\n type ${MEMBER} { _: Boolean }`);
const schema = visit(written, {
  UnionTypeDefinition: (union) => ({ ...union, types: [...union.types, parseType(MEMBER)] }),
});
const texts = readdirSync(OPERATIONS).sort().map((name) => {
  const location = join(OPERATIONS, name);
  return { location, document: parse(readFileSync(location, 'utf8')) };
});

const ENUMS = schema.definitions.filter(({ kind }) => kind === Kind.ENUM_TYPE_DEFINITION).map(({ name }) => name.value);
const ANSWER = /^export type \w+(?:Query|Mutation|Subscription|Fragment) =[^;]*;/gm;
const OTHER = new RegExp(`\\{ readonly __typename: '${MEMBER}' \\}`, 'g');
const ENUM = new RegExp(`(?<!['\\w])(${ENUMS.join('|')})(?!['\\w])`, 'g');

/** Where an answer holds a value of an enumeration or a kind of a union, it may hold one of a later release. */
async function growing(...given) {
  const { prepend, content } = await operations.plugin(...given);
  const grown = content.replace(ANSWER, (answer) => answer.replace(ENUM, '$1 | Unknown').replace(OTHER, MEMBER));
  return { prepend: [...prepend, "import type { Unknown, UnknownMember } from './scalars.js';"], content: grown };
}

const generated = await codegen({
  filename: FILE,
  schema,
  schemaAst: buildASTSchema(schema),
  documents: texts,
  config: {
    documentMode: 'string',
    enumType: 'string-literal',
    immutableTypes: true,
    useTypeImports: true,
    strictScalars: true,
    scalars: {
      ID: 'string',
      Decimal: scalar('Decimal'),
      Date: scalar('Day'),
      DateTime: scalar('Instant'),
    },
  },
  plugins: [{ operations: {} }, { documents: {} }],
  pluginMap: { operations: { ...operations, plugin: growing }, documents },
});
writeFileSync(join(argv[2], FILE), `// Written by \`make contracts\`; do not edit.\n${generated}`);
