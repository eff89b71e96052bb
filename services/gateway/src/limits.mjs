/** What one operation may ask for. */
import { maxAliasesPlugin } from '@escape.tech/graphql-armor-max-aliases';
import { maxDepthPlugin } from '@escape.tech/graphql-armor-max-depth';
import { maxTokensPlugin } from '@escape.tech/graphql-armor-max-tokens';
import { createGraphQLError } from 'graphql-yoga';
import { GraphQLError } from 'graphql';

import { message } from './messages.mjs';
import { costOf, PAGE_MAX, PageTooLong, readPrices } from './prices.mjs';

/** The router would call these errors the standard's own, which callers of plain JSON get with 200. */
const BAD_REQUEST = Object.freeze({ status: 400, get spec() { return false; }, set spec(_) {} });

/** Made anew each time, since the router takes the status out of what it answers. */
const refused = (more = {}) => ({ code: 'INVALID', http: BAD_REQUEST, ...more });

function useCostLimit(prices, maxCost) {
  function refusal({ document, operationName, variableValues }, language) {
    try {
      const cost = costOf(prices, document, operationName, variableValues);
      if (cost <= maxCost) return null;
      const extensions = refused({ cost, limit: maxCost });
      return createGraphQLError(message('TOO_COSTLY', language), { extensions });
    } catch (error) {
      if (!(error instanceof PageTooLong)) throw error;
      const extensions = refused({ field: 'first', limit: PAGE_MAX });
      return createGraphQLError(message('PAGE_TOO_LONG', language), { extensions });
    }
  }

  return {
    onExecute({ args, setResultAndStopExecution }) {
      const error = refusal(args, args.contextValue.request?.headers.get('accept-language'));
      if (error) setResultAndStopExecution({ errors: [error] });
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

function fewDirectives(most) {
  return (context) => {
    let found = 0;
    return {
      Directive() {
        found += 1;
        if (found !== most + 1) return;
        const text = `Directives limit of ${most} exceeded.`;
        context.reportError(new GraphQLError(text, { extensions: refused() }));
      },
    };
  };
}

/** The limits' own errors call themselves syntax errors and carry no code. */
function asRefusal(_context, error) {
  error.message = error.message.replace('Syntax Error: ', '');
  Object.assign(error.extensions, refused());
}

/** The limits on the shape of one operation; the schema itself may be read at any depth. */
export function shapeLimits(settings) {
  const onReject = [asRefusal];
  const rules = [knownOperations, fewDirectives(settings.maxDirectives)];
  return [
    maxTokensPlugin({ n: settings.maxTokens, onReject }),
    maxDepthPlugin({ n: settings.maxDepth, flattenFragments: true, onReject }),
    // Its own list lets `__typename` pass under any number of names.
    maxAliasesPlugin({ n: settings.maxAliases, allowList: [], onReject }),
    { onValidate: ({ addValidationRule }) => rules.forEach((rule) => addValidationRule(rule)) },
  ];
}

/** These, and what an operation may cost by the prices of the graph. */
export function operationLimits(settings, sdl) {
  return [...shapeLimits(settings), useCostLimit(readPrices(sdl), settings.maxCost)];
}
