/** How long a request may take, all it asks of services together: by what kind of operation it is. */
import { getOperationAST, Kind, parse } from 'graphql';

import { rowTypes } from './coercion.mjs';
import { namedType } from './prices.mjs';

/** What each on the way keeps of the time that is left, to say in time that it was not enough. */
const KEPT = 0.1;
const KEPT_MAX_MS = 150;

/** The mutations that take lists row by row. */
function importsIn(sdl) {
  const rows = rowTypes(sdl);
  const { definitions } = parse(sdl, { noLocation: true });
  const takesRows = new Set(definitions
    .filter(({ kind, fields }) => kind === Kind.INPUT_OBJECT_TYPE_DEFINITION
      && fields.some(({ type }) => rows.has(namedType(type))))
    .map(({ name }) => name.value));
  const mutation = definitions.find(
    ({ kind, name }) => kind === Kind.OBJECT_TYPE_DEFINITION && name.value === 'Mutation',
  );
  return new Set((mutation?.fields ?? [])
    .filter((field) => field.arguments.some(({ type }) => takesRows.has(namedType(type))))
    .map(({ name }) => name.value));
}

function hasImport(document, { selections }, imports) {
  return selections.some((each) => {
    if (each.kind === Kind.FIELD) return imports.has(each.name.value);
    const fragment = each.kind === Kind.INLINE_FRAGMENT ? each : document.definitions.find(
      ({ kind, name }) => kind === Kind.FRAGMENT_DEFINITION && name.value === each.name.value,
    );
    return hasImport(document, fragment.selectionSet, imports);
  });
}

/** What is left of a request's time, for one call within it. */
export function leftMs({ endsAt }) {
  const left = endsAt - performance.now();
  return left - Math.min(left * KEPT, KEPT_MAX_MS);
}

/** What a service is told to keep to: less than its caller waits. */
export function toldMs(waitMs) {
  return Math.max(1, Math.floor(waitMs - Math.min(waitMs * KEPT, KEPT_MAX_MS)));
}

/** Starts the clock of each request when its kind is known; it counts from the request's arrival. */
export function useDeadline(settings, sdl) {
  const imports = importsIn(sdl);

  function budgetMs(document, operation) {
    if (operation?.operation !== 'mutation') return settings.queryTimeoutMs;
    const isImport = hasImport(document, operation.selectionSet, imports);
    return isImport ? settings.importTimeoutMs : settings.mutationTimeoutMs;
  }

  return {
    onExecute({ args: { document, operationName, contextValue: { admission } } }) {
      const operation = getOperationAST(document, operationName);
      admission.budgetMs = budgetMs(document, operation);
      admission.endsAt = admission.arrivedAt + admission.budgetMs;
    },
  };
}
