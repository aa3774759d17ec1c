-- Makes the database of the embedded server, outside a transaction. {name} is its name. No result.
-- For example: {name} countonce.
create database {name}
