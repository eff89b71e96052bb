/**
 * Composes the services' committed schemas into supergraph.graphql.
 *
 * `node src/compose.mjs` writes it; `--check` exits 1 when the committed file is another one.
 * `--services DIR` and `--output FILE` name other places than this repository's.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { composeServices } from '@theguild/federation-composition';
import { parse } from 'graphql';

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
  if (!values.check) {
    writeFileSync(values.output, supergraph);
    return;
  }
  if (committed(values.output) !== supergraph) {
    throw new CompositionError(`${values.output} is out of date: run \`make contracts\``);
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
