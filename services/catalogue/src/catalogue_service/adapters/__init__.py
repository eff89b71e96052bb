"""The catalogue towards the world: GraphQL, events, spreadsheets, the command line."""
