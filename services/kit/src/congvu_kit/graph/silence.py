"""What production does not tell: the schema, and names that somebody almost guessed."""

import re
from collections.abc import Iterator

from graphql import NoSchemaIntrospectionCustomRule
from strawberry.extensions import SchemaExtension

_SUGGESTION = re.compile(r"\s*Did you mean .*\?", re.DOTALL)


class Silence(SchemaExtension):
    """Acts where the context says that the graph may not be explored (decision 0018)."""

    def on_operation(self) -> Iterator[None]:
        context = self.execution_context
        explorable = getattr(context.context, "explorable", True)
        if not explorable:
            # The rule is one class, so the cache of validations keeps both ways apart.
            rules = (*context.validation_rules, NoSchemaIntrospectionCustomRule)
            context.validation_rules = rules
        yield
        if not explorable and context.result is not None:
            for error in getattr(context.result, "errors", None) or ():
                error.message = _SUGGESTION.sub("", error.message)
