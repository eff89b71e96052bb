/**
 * Writes `operations.ts` into a folder: `node generate.mjs FOLDER`. The types of every operation with
 * those of what it takes, and its text.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';

import { codegen } from '@graphql-codegen/core';
import * as documents from '@graphql-codegen/typed-document-node';
import * as operations from '@graphql-codegen/typescript-operations';
import { buildASTSchema, parse } from 'graphql';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const OPERATIONS = join(ROOT, 'clients/operations');
const FILE = 'operations.ts';

const scalar = (name) => ({ input: `./scalars.js#${name}`, output: `./scalars.js#${name}` });

const schema = parse(readFileSync(join(ROOT, 'services/gateway/schema.graphql'), 'utf8'));
const texts = readdirSync(OPERATIONS).sort().map((name) => {
  const location = join(OPERATIONS, name);
  return { location, document: parse(readFileSync(location, 'utf8')) };
});

const written = await codegen({
  filename: FILE,
  schema,
  schemaAst: buildASTSchema(schema),
  documents: texts,
  config: {
    documentMode: 'string',
    enumType: 'string-literal',
    futureProofEnums: true,
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
  pluginMap: { operations, documents },
});
writeFileSync(join(argv[2], FILE), `// Written by \`make contracts\`; do not edit.\n${written}`);
