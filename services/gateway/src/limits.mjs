/** What one operation may ask for. */
import { maxAliasesPlugin } from '@escape.tech/graphql-armor-max-aliases';
import { maxDepthPlugin } from '@escape.tech/graphql-armor-max-depth';
import { maxTokensPlugin } from '@escape.tech/graphql-armor-max-tokens';
import { createGraphQLError } from 'graphql-yoga';
import { getOperationAST, GraphQLError, Kind } from 'graphql';

import { message } from './messages.mjs';

const PAGE_ARGUMENTS = new Set(['first', 'last']);

/** Page size when a list field names none; the services' own default. */
const DEFAULT_PAGE = 20;

function isConnection(field) {
  return field.selectionSet.selections.some(({ name }) => name?.value === 'edges');
}

function pageSize(field, variables, operation) {
  const argument = field.arguments?.find(({ name }) => PAGE_ARGUMENTS.has(name.value));
  if (!argument) return isConnection(field) ? DEFAULT_PAGE : 1;
  const { value } = argument;
  if (value.kind === Kind.INT) return Math.max(Number(value.value), 1);
  if (value.kind !== Kind.VARIABLE) return DEFAULT_PAGE;
  const declared = operation.variableDefinitions?.find(
    ({ variable }) => variable.name.value === value.name.value,
  );
  const given = variables?.[value.name.value] ?? declared?.defaultValue?.value ?? DEFAULT_PAGE;
  return Math.max(Number(given) || DEFAULT_PAGE, 1);
}

/**
 * How many objects an operation may return at most: nested pages multiply.
 *
 * The router's own cost control ignores list sizes on `[T!]!`, which every connection's edges are.
 * Each fragment is counted once per page size it sits under, so fragments cannot blow up the count.
 */
export function countNodes(document, operationName, variables) {
  const operation = getOperationAST(document, operationName);
  if (!operation) return 0;
  const fragments = new Map(
    document.definitions
      .filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION)
      .map((fragment) => [fragment.name.value, fragment]),
  );
  const known = new Map();

  function nodesIn(selectionSet) {
    let nodes = 0;
    for (const selection of selectionSet?.selections ?? []) {
      if (selection.kind === Kind.FIELD) {
        if (selection.selectionSet) {
          const page = pageSize(selection, variables, operation);
          nodes += page * (1 + nodesIn(selection.selectionSet));
        }
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        nodes += nodesIn(selection.selectionSet);
      } else {
        nodes += nodesInFragment(selection.name.value);
      }
    }
    return nodes;
  }

  function nodesInFragment(name) {
    if (!known.has(name)) {
      known.set(name, 0);
      known.set(name, nodesIn(fragments.get(name)?.selectionSet));
    }
    return known.get(name);
  }

  return nodesIn(operation.selectionSet);
}

function useNodeLimit(maxNodes) {
  return {
    onExecute({ args, setResultAndStopExecution }) {
      const nodes = countNodes(args.document, args.operationName, args.variableValues);
      if (nodes <= maxNodes) return;
      const language = args.contextValue.request?.headers.get('accept-language');
      const error = createGraphQLError(message('TOO_MANY_NODES', language), {
        extensions: { code: 'INVALID', nodes, limit: maxNodes, http: { status: 400 } },
      });
      setResultAndStopExecution({ errors: [error] });
    },
  };
}

/** The standard rules let an operation pass whose root type the graph lacks; later steps fail. */
function knownOperations(context) {
  return {
    OperationDefinition(node) {
      if (context.getSchema().getRootType(node.operation)) return;
      context.reportError(new GraphQLError(`This graph has no ${node.operation}.`, { nodes: node }));
    },
  };
}

/** The limits' own errors call themselves syntax errors and carry no code. */
function asRefusal(_context, error) {
  error.message = error.message.replace('Syntax Error: ', '');
  Object.assign(error.extensions, { code: 'INVALID', http: { status: 400 } });
}

/** The limits on the shape of one operation; the schema itself may be read at any depth. */
export function operationLimits({ maxDepth, maxTokens, maxAliases, maxNodes }) {
  const onReject = [asRefusal];
  return [
    maxTokensPlugin({ n: maxTokens, onReject }),
    maxDepthPlugin({ n: maxDepth, flattenFragments: true, onReject }),
    maxAliasesPlugin({ n: maxAliases, onReject }),
    { onValidate: ({ addValidationRule }) => addValidationRule(knownOperations) },
    useNodeLimit(maxNodes),
  ];
}
