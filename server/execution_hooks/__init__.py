"""A stateful, contract-first server for the execution-hook API of NetApp Astra Control."""
