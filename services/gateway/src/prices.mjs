/** What an operation costs, by the sizes and weights that the services declare in the supergraph. */
import { getOperationAST, Kind, parse } from 'graphql';

/** The longest page; the services' own limit. */
export const PAGE_MAX = 100;

/** What one value costs, be it a field or an element of a plain list; an object costs 1. */
const VALUE = 0.1;

/** The schema itself is long, and read by tools: one look at it is half of what may be asked. */
const INTROSPECTION = 2_500;

/** Tenths do not add up exactly. */
const ROUNDING = 1e-6;

export class PageTooLong extends Error {}

export function namedType(type) {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type);
}

function argumentsOf(field, directive) {
  const found = field.directives?.find(({ name }) => name.value === directive);
  const given = found?.arguments?.map(({ name, value }) => [name.value, value]) ?? [];
  return Object.fromEntries(given);
}

function names(list) {
  return list?.values?.map(({ value }) => value) ?? [];
}

/** How one field is counted; `size` is undefined for what is no list, or is sized from above. */
function priceOf(field, weights) {
  const { assumedSize, slicingArguments, sizedFields } = argumentsOf(field, 'listSize');
  const type = namedType(field.type);
  const weight = argumentsOf(field, 'cost').weight ?? weights.get(type);
  const slicing = names(slicingArguments);
  const defaults = field.arguments
    ?.filter(({ name }) => slicing.includes(name.value))
    .map(({ name, defaultValue }) => [name.value, Number(defaultValue?.value ?? PAGE_MAX)]);
  return {
    type,
    size: assumedSize ? Number(assumedSize.value) : undefined,
    weight: weight ? Number(weight.value) : undefined,
    slicing: slicing.length > 0 ? new Map(defaults) : undefined,
    sizedFields: new Set(names(sizedFields)),
  };
}

const OBJECTS = new Set([Kind.OBJECT_TYPE_DEFINITION, Kind.INTERFACE_TYPE_DEFINITION]);

/** Type by type, field by field; an object weighs what its field says, else what its type says. */
export function readPrices(sdl) {
  const objects = parse(sdl, { noLocation: true }).definitions.filter(({ kind }) => OBJECTS.has(kind));
  const weights = new Map(objects.map((one) => [one.name.value, argumentsOf(one, 'cost').weight]));
  const prices = new Map();
  for (const definition of objects) {
    const fields = definition.fields.map((field) => [field.name.value, priceOf(field, weights)]);
    prices.set(definition.name.value, new Map(fields));
  }
  return prices;
}

const ROOTS = { query: 'Query', mutation: 'Mutation', subscription: 'Subscription' };

function fragmentsOf(document) {
  const found = document.definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION);
  return new Map(found.map((fragment) => [fragment.name.value, fragment]));
}

/** The argument's value as a number; what is no number costs the longest page. */
function numberOf(value, variables, operation) {
  if (value.kind === Kind.INT) return Number(value.value);
  if (value.kind !== Kind.VARIABLE) return PAGE_MAX;
  const name = value.name.value;
  const declared = operation.variableDefinitions?.find(({ variable }) => variable.name.value === name);
  const given = variables?.[name] ?? declared?.defaultValue?.value;
  return given === undefined ? PAGE_MAX : Number(given);
}

/**
 * What an operation costs: one for each object it may answer with and a tenth for each value, times
 * the lists they stand in.
 *
 * Each fragment is counted once for each place it can stand in, so fragments cannot blow up the
 * count. Throws `PageTooLong` for a page over the limit.
 */
export function costOf(prices, document, operationName, variables) {
  const operation = getOperationAST(document, operationName);
  if (!operation) return 0;
  const fragments = fragmentsOf(document);
  const known = new Map();

  function pageOf(field, { slicing }) {
    let page = 0;
    for (const [name, usual] of slicing) {
      const argument = field.arguments?.find((one) => one.name.value === name);
      const asked = argument ? numberOf(argument.value, variables, operation) : usual;
      if (asked > PAGE_MAX) throw new PageTooLong();
      page = Math.max(page, Number.isInteger(asked) && asked > 0 ? asked : PAGE_MAX);
    }
    return page;
  }

  function costOfField(field, type, above) {
    const name = field.name.value;
    if (name === '__schema' || name === '__type') return INTROSPECTION;
    if (name === '__typename') return VALUE;
    const price = prices.get(type)?.get(name);
    if (!price) return 0;
    const below = price.slicing
      ? { page: pageOf(field, price), sized: price.sizedFields }
      : undefined;
    const size = above?.sized.has(name) ? above.page : price.size ?? 1;
    if (!field.selectionSet) {
      return (price.weight ?? 0) + size * VALUE;
    }
    return size * ((price.weight ?? 1) + costOfSet(field.selectionSet, price.type, below));
  }

  function costOfSet(selectionSet, type, above) {
    let cost = 0;
    for (const selection of selectionSet.selections) {
      if (selection.kind === Kind.FIELD) {
        cost += costOfField(selection, type, above);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        const on = selection.typeCondition?.name.value ?? type;
        cost += costOfSet(selection.selectionSet, on, above);
      } else {
        cost += costOfFragment(selection.name.value, above);
      }
    }
    return cost;
  }

  function costOfFragment(name, above) {
    const key = `${name}/${above?.page ?? ''}`;
    if (!known.has(key)) {
      known.set(key, 0);
      const fragment = fragments.get(name);
      const on = fragment?.typeCondition.name.value;
      known.set(key, fragment ? costOfSet(fragment.selectionSet, on, above) : 0);
    }
    return known.get(key);
  }

  return Math.ceil(costOfSet(operation.selectionSet, ROOTS[operation.operation]) - ROUNDING);
}

/**
 * How often an operation counts for the rate: every root field is one call, and so is every alias
 * below, which asks for one thing again.
 */
export function ratePoints(document, operationName) {
  const operation = getOperationAST(document, operationName);
  if (!operation) return 1;
  const fragments = fragmentsOf(document);
  const seen = new Map();

  function pointsOf(selectionSet, isRoot) {
    let points = 0;
    for (const selection of selectionSet?.selections ?? []) {
      if (selection.kind === Kind.FIELD) {
        points += Number(isRoot || selection.alias !== undefined);
        points += pointsOf(selection.selectionSet, false);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        points += pointsOf(selection.selectionSet, isRoot);
      } else {
        points += pointsOfFragment(selection.name.value, isRoot);
      }
    }
    return points;
  }

  function pointsOfFragment(name, isRoot) {
    const key = `${name}/${isRoot}`;
    if (!seen.has(key)) {
      seen.set(key, 0);
      seen.set(key, pointsOf(fragments.get(name)?.selectionSet, isRoot));
    }
    return seen.get(key);
  }

  return Math.max(1, pointsOf(operation.selectionSet, true));
}
