"""The store: tables, transactions and the SQL behind the domain's protocols."""
