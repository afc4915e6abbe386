// The form of a request is filled with the contract's examples. For parameters that may be left out that would
// be wrong: a key would be sent a second time, a condition would never hold. Theirs are only shown.
const onlyShown = (parameter) => {
  if (parameter.required || parameter.example === undefined) {
    return parameter;
  }
  const { example, ...rest } = parameter;
  return { ...rest, description: `${rest.description}\nExample: \`${example}\`` };
};

const withoutOptionalExamples = (contract) => {
  const parameters = Object.entries(contract.components.parameters);
  const shown = Object.fromEntries(parameters.map(([name, parameter]) => [name, onlyShown(parameter)]));
  return { ...contract, components: { ...contract.components, parameters: shown } };
};

const OptionalParametersStayEmpty = {
  statePlugins: {
    spec: {
      wrapActions: {
        updateJsonSpec: (update) => (contract) => update(withoutOptionalExamples(contract)),
      },
    },
  },
};

SwaggerUIBundle({
  url: "openapi.json",
  dom_id: "#reference",
  deepLinking: true,
  defaultModelsExpandDepth: 0,
  docExpansion: "full",
  plugins: [OptionalParametersStayEmpty],
  validatorUrl: null,
});
