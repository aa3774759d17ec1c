-- The role that the portal of this database signs in as.
-- Grain: one row. Result: its name.
-- Never null: login
select portal_login() as login
