/** The committed supergraph, with the addresses of this installation put in. */
import { Kind, parse, print, visit } from 'graphql';
import { ConfigError } from './config.mjs';

function argument(directive, name) {
  return directive.arguments.find((candidate) => candidate.name.value === name);
}

/** Replace each subgraph's address by its first; a subgraph without one is an error. */
export function withSubgraphUrls(sdl, urls) {
  const document = visit(parse(sdl), {
    Directive(node) {
      if (node.name.value !== 'join__graph') return undefined;
      const name = argument(node, 'name').value.value;
      if (!Object.hasOwn(urls, name)) {
        throw new ConfigError(`the supergraph's subgraph '${name}' has no address setting`);
      }
      const url = argument(node, 'url');
      const value = { kind: Kind.STRING, value: urls[name][0] };
      const rest = node.arguments.filter((candidate) => candidate !== url);
      return { ...node, arguments: [...rest, { ...url, value }] };
    },
  });
  return print(document);
}
