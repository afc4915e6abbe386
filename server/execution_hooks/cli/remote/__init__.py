"""Commands on a server, through the generated client. Their verbs and fields are those of the contract."""
