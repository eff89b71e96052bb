/** Takes the explorer's files out of their packages, for the router, which can read files alone. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';

import * as graphiql from '@graphql-yoga/render-graphiql/graphiql';

const FOLDER = new URL('../router/assets/', import.meta.url);
const FILES = {
  'graphiql.css': graphiql.css,
  'graphiql.js': graphiql.js,
  'editor.worker.js': graphiql.editorWorkerService,
  'json.worker.js': graphiql.jsonWorker,
  'graphql.worker.js': graphiql.graphqlWorker,
  'marked.js': readFileSync(new URL(import.meta.resolve('marked'))),
};

mkdirSync(FOLDER, { recursive: true });
for (const [name, text] of Object.entries(FILES)) writeFileSync(new URL(name, FOLDER), text);
