/**
 * What does not fit its type: which input it is and what it must be, never what was sent.
 *
 * The same words as the services' (congvu_kit.graph.coercion): a caller cannot tell who refused.
 */
import {
  BREAK, coerceInputValue, getNamedType, getOperationAST, GraphQLError, isEnumType,
  isInputObjectType, isListType, isNonNullType, isRequiredInputField, Kind, parse, typeFromAST, TypeInfo,
  valueFromASTUntyped, visit, visitWithTypeInfo,
} from 'graphql';

import { languageOf } from './messages.mjs';

/** How many are told at a time. */
const FAULTS_MAX = 20;

/** How deep an input may be nested; the schema's own inputs are four deep. */
const NESTING_MAX = 50;

const MUST_BE = {
  Boolean: ['must be true or false', 'phải là true hoặc false'],
  Float: ['must be a number', 'phải là số'],
  ID: ['must be text', 'phải là chuỗi ký tự'],
  Int: [
    'must be a whole number from -2147483648 to 2147483647',
    'phải là số nguyên từ -2147483648 đến 2147483647',
  ],
  String: ['must be text', 'phải là chuỗi ký tự'],
};
const REQUIRED = ['is required', 'là bắt buộc'];
const UNKNOWN = ['has a field that is not known', 'có trường không được biết đến'];
const OBJECT = ['must be an object', 'phải là một đối tượng'];
const UNFIT = ['does not fit its type', 'không đúng kiểu dữ liệu'];

const VALUES = new Set([
  Kind.INT, Kind.FLOAT, Kind.STRING, Kind.BOOLEAN, Kind.NULL, Kind.ENUM, Kind.LIST, Kind.OBJECT,
  Kind.OBJECT_FIELD,
]);

/** How the parser says what it found. */
const TEXT_OF_TOKEN = /\b(Name|String|BlockString|Int|Float) ".*/s;

/** More faults would help nobody. */
class Enough extends Error {}

/** The names of the schema, and the positions in lists, on the way from an argument. */
function namesAlong(document, keys) {
  let names = [];
  let here = document;
  keys.forEach((key, index) => {
    here = here[key];
    if (here.kind === Kind.ARGUMENT) names = [here.name.value];
    else if (here.kind === Kind.OBJECT_FIELD) names.push(here.name.value);
    else if (keys[index - 1] === 'values') names.push(key);
  });
  return names;
}

/** Where a node stands, and the type that is wanted there. */
function find(schema, document, wanted) {
  const types = new TypeInfo(schema);
  let found = { path: [], type: undefined };
  visit(document, visitWithTypeInfo(types, {
    enter(node, _key, _parent, keys) {
      if (!wanted(node)) return undefined;
      const type = node.kind === Kind.LIST ? types.getParentInputType() : types.getInputType();
      found = { path: namesAlong(document, keys), type };
      return BREAK;
    },
  }));
  return found;
}

/** Where a variable goes, in the words of the schema: its own name is the caller's. */
function useOf(schema, document, name) {
  const defined = new Set();
  const { path } = find(schema, document, (node) => {
    if (node.kind === Kind.VARIABLE_DEFINITION) defined.add(node.variable);
    return node.kind === Kind.VARIABLE && node.name.value === name && !defined.has(node);
  });
  return path;
}

/** What is wrong with a value of which is known that it does not fit. */
function faultOf(type, value) {
  if (isNonNullType(type) && value == null) return [[], REQUIRED];
  const named = type ? getNamedType(type) : undefined;
  if (isInputObjectType(named)) {
    if (typeof value !== 'object' || Array.isArray(value)) return [[], OBJECT];
    const missing = Object.values(named.getFields())
      .find((field) => isRequiredInputField(field) && value[field.name] == null);
    return missing ? [[missing.name], REQUIRED] : [[], UNKNOWN];
  }
  if (isEnumType(named)) {
    const names = named.getValues().map(({ name }) => name).join(', ');
    return [[], [`must be one of ${names}`, `phải là một trong ${names}`]];
  }
  return [[], MUST_BE[named?.name] ?? UNFIT];
}

function typeAt(type, path) {
  return path.reduce((at, step) => {
    const bare = isNonNullType(at) ? at.ofType : at;
    return typeof step === 'number' ? bare.ofType : getNamedType(bare).getFields()[step].type;
  }, type);
}

function valueAt(value, path) {
  return path.reduce((at, step) => at?.[step], value);
}

/** The types whose lists are taken row by row: each service refuses the rows that do not fit. */
export function rowTypes(sdl) {
  const isRow = ({ name, arguments: given }) => (
    name.value === 'tag' && given.some(({ value }) => value.value === 'row')
  );
  return new Set(parse(sdl).definitions
    .filter(({ kind, directives }) => kind === Kind.INPUT_OBJECT_TYPE_DEFINITION && directives.some(isRow))
    .map(({ name }) => name.value));
}

/** Whether a path leads into a row: its service tells. */
function isInRow(type, path, rows) {
  return path.some((step, index) => (
    typeof step === 'number' && rows.has(getNamedType(typeAt(type, path.slice(0, index)))?.name)
  ));
}

/** A value with every list of rows empty: what the router, which takes a value or none, can read. */
function withoutRows(type, value, rows) {
  const bare = isNonNullType(type) ? type.ofType : type;
  if (isListType(bare)) return rows.has(getNamedType(bare).name) ? [] : value;
  if (!isInputObjectType(bare) || typeof value !== 'object' || value === null) return value;
  const fields = bare.getFields();
  return Object.fromEntries(Object.entries(value).map(
    ([name, each]) => [name, withoutRows(fields[name].type, each, rows)],
  ));
}

function isTooDeep(value, depth = 0) {
  if (typeof value !== 'object' || value === null) return false;
  return depth > NESTING_MAX || Object.values(value).some((each) => isTooDeep(each, depth + 1));
}

function unfit([path, texts], language) {
  const field = path.join('.');
  const extensions = { code: 'INVALID', field, http: { spec: true, status: 400 } };
  return new GraphQLError(`${field} ${texts[languageOf(language) === 'vi' ? 1 : 0]}`, { extensions });
}

/**
 * The faults of one variable: paths from the argument it goes to, and what each must be. What is
 * wrong in a row is none: `aside(name, value)` is told what the router may read instead.
 */
function faultsOfVariable(schema, document, definition, variables, { rows, aside }) {
  const { variable, type: node, defaultValue } = definition;
  const name = variable.name.value;
  const type = typeFromAST(schema, node);
  const isGiven = Object.hasOwn(variables, name) && variables[name] !== undefined;
  const start = () => useOf(schema, document, name);
  if (!isGiven) {
    return isNonNullType(type) && !defaultValue ? [[start(), REQUIRED]] : [];
  }
  const value = variables[name];
  if (isTooDeep(value)) return [[start(), UNFIT]];
  const found = new Map();
  let inRows = false;
  try {
    coerceInputValue(value, type, (path) => {
      if (isInRow(type, path, rows)) {
        inRows = true;
        return;
      }
      const [inner, texts] = faultOf(typeAt(type, path), valueAt(value, path));
      const whole = [...path, ...inner];
      found.set(whole.join('.'), [whole, texts]);
      if (found.size === FAULTS_MAX) throw new Enough();
    });
  } catch (error) {
    if (!(error instanceof Enough)) throw error;
  }
  if (inRows && found.size === 0) aside(name, withoutRows(type, value, rows));
  return [...found.values()].map(([path, texts]) => [[...start(), ...path], texts]);
}

/** The fault that a rule of the standard found in a document's own values. */
function faultOfLiteral(schema, node) {
  const document = parse(node.loc.source.body, { noLocation: false });
  const { path, type } = find(
    schema, document, (each) => each.kind === node.kind && each.loc.start === node.loc.start,
  );
  if (node.kind === Kind.OBJECT_FIELD) return [path.slice(0, -1), UNKNOWN];
  const [inner, texts] = faultOf(type, valueFromASTUntyped(node));
  return [[...path, ...inner], texts];
}

function withoutText(error) {
  error.message = error.message.replace(TEXT_OF_TOKEN, '$1.');
  return error;
}

/** Refuses what does not fit before it is planned, and says nothing of what was sent. */
export function useCoercion(sdl) {
  const rows = rowTypes(sdl);
  let current;

  function told(error, language) {
    const [node] = error.nodes ?? [];
    if (error.nodes?.length === 1 && node.loc && VALUES.has(node.kind)) {
      return unfit(faultOfLiteral(current, node), language);
    }
    return error.message?.startsWith('Syntax Error') ? withoutText(error) : error;
  }

  return {
    onSchemaChange({ schema }) {
      current = schema;
    },
    onExecute({ args, setResultAndStopExecution }) {
      const operation = getOperationAST(args.document, args.operationName);
      const sent = args.variableValues ?? {};
      const read = {};
      const aside = (name, value) => { read[name] = value; };
      const faults = (operation?.variableDefinitions ?? []).flatMap((definition) => (
        faultsOfVariable(args.schema, args.document, definition, sent, { rows, aside })
      ));
      if (faults.length === 0) {
        const names = Object.keys(read);
        if (names.length > 0) {
          args.contextValue.asSent = Object.fromEntries(names.map((name) => [name, sent[name]]));
          args.variableValues = { ...sent, ...read };
        }
        return;
      }
      const language = args.contextValue.request?.headers.get('accept-language');
      const errors = faults.slice(0, FAULTS_MAX).map((fault) => unfit(fault, language));
      setResultAndStopExecution({ errors });
    },
    onResultProcess({ request, result, setResult }) {
      const language = request.headers.get('accept-language');
      for (const each of Array.isArray(result) ? result : [result]) {
        if (each?.errors) each.errors = each.errors.map((error) => told(error, language));
      }
      setResult(result);
    },
  };
}
