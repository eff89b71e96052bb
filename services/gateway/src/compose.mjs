/**
 * Composes the services' committed schemas into supergraph.graphql, and beside it schema.graphql:
 * the API as its clients see it.
 *
 * `node src/compose.mjs` writes both; `--check` exits 1 when a committed file is another one.
 * `--services DIR` and `--output FILE` name other places than this repository's.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { composeServices, transformSupergraphToPublicSchema } from '@theguild/federation-composition';
import { parse, print } from 'graphql';

const SUBGRAPHS = ['catalogue', 'evaluation', 'feedback'];
const HEADER = '# Composed from services/*/schema.graphql by `make contracts`; do not edit.\n';
const SERVICES = fileURLToPath(new URL('../..', import.meta.url));
const OUTPUT = fileURLToPath(new URL('../supergraph.graphql', import.meta.url));

/** The services' schemas do not fit together, or one cannot be read. */
class CompositionError extends Error {}

function readSubgraph(services, name) {
  const path = join(services, name, 'schema.graphql');
  let sdl;
  try {
    sdl = readFileSync(path, 'utf8');
  } catch (error) {
    throw new CompositionError(`${name}: cannot read ${path} (${error.code})`);
  }
  try {
    return { name, url: `http://${name}/graphql`, typeDefs: parse(sdl) };
  } catch (error) {
    const [{ line, column } = { line: 1, column: 1 }] = error.locations ?? [];
    throw new CompositionError(`${name}: ${path}:${line}:${column}: ${error.message}`);
  }
}

function describe(error) {
  const { code = 'INVALID', subgraphName } = error.extensions ?? {};
  return `${subgraphName ? `${subgraphName}: ` : ''}${code}: ${error.message}`;
}

/** The supergraph as text; the addresses in it are placeholders, replaced at start. */
function compose(services) {
  const { supergraphSdl, errors } = composeServices(
    SUBGRAPHS.map((name) => readSubgraph(services, name)),
  );
  if (errors?.length) throw new CompositionError(errors.map(describe).join('\n'));
  return `${HEADER}${supergraphSdl.trim()}\n`;
}

const API_HEADER = '# The API of Công vụ KPI, written by `make contracts`; do not edit.\n';

/** What a client may ask, without what the router needs. */
function publicSchema(supergraph) {
  return `${API_HEADER}${print(transformSupergraphToPublicSchema(parse(supergraph))).trim()}\n`;
}

function committed(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

function main(argv) {
  const { values } = parseArgs({
    args: argv,
    options: {
      check: { type: 'boolean', default: false },
      services: { type: 'string', default: SERVICES },
      output: { type: 'string', default: OUTPUT },
    },
  });
  const supergraph = compose(values.services);
  const files = {
    [values.output]: supergraph,
    [join(dirname(values.output), 'schema.graphql')]: publicSchema(supergraph),
  };
  for (const [path, text] of Object.entries(files)) {
    if (!values.check) writeFileSync(path, text);
    else if (committed(path) !== text) {
      throw new CompositionError(`${path} is out of date: run \`make contracts\``);
    }
  }
}

try {
  main(process.argv.slice(2));
} catch (error) {
  const usage = error.code?.startsWith('ERR_PARSE_ARGS');
  if (!usage && !(error instanceof CompositionError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = usage ? 2 : 1;
}
