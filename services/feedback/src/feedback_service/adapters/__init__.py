"""Where feedback meets GraphQL, keys, files and the command line."""
