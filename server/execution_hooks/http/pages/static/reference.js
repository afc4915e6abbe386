// Nothing is loaded from another host, and nothing is sent to one: no fonts, no proxy, no telemetry, no agent.
Scalar.createApiReference("#reference", {
  ...reference,
  showExtensions: ["x-source", "x-refusal", "x-max-bytes"],
  generateOperationSlug: (operation) => operation.operationId,
  documentDownloadType: "none",
  hiddenClients: true,
  withDefaultFonts: false,
  telemetry: false,
  agent: { disabled: true },
  mcp: { disabled: true },
  showDeveloperTools: "never",
  hideClientButton: true,
});
