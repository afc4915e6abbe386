// Where the reference has the contract from. In a file by itself, the contract stands in this place.
const reference = { url: "docs/openapi.json" };
