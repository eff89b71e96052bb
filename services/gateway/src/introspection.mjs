/** Introspection beside data: the router answers such a document from the schema alone. */
import { getOperationAST, Kind } from 'graphql';

const isAboutSchema = ({ kind, name }) => (
  kind === Kind.FIELD && (name.value === '__schema' || name.value === '__type')
);

function withSelections(document, operation, selections) {
  const own = { ...operation, selectionSet: { ...operation.selectionSet, selections } };
  const definitions = document.definitions.map((each) => (each === operation ? own : each));
  return { ...document, definitions };
}

/** Asks for both apart, and answers them together. */
export function useIntrospectionBesideData() {
  return {
    onExecute({ args, executeFn, setExecuteFn }) {
      const operation = getOperationAST(args.document, args.operationName);
      const selections = operation?.selectionSet.selections ?? [];
      const schema = selections.filter(isAboutSchema);
      const data = selections.filter((each) => !isAboutSchema(each));
      if (schema.length === 0 || data.length === 0) return;
      setExecuteFn(async (given) => {
        const [about, of] = await Promise.all([schema, data].map((part) => executeFn({
          ...given, document: withSelections(given.document, operation, part),
        })));
        if (about.data == null || of.data == null) return of.data == null ? of : about;
        const errors = [...(about.errors ?? []), ...(of.errors ?? [])];
        const both = { data: { ...about.data, ...of.data } };
        return errors.length > 0 ? { ...both, errors } : both;
      });
    },
  };
}
