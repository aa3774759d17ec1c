-- Forgets the part that was explained. No parameters, no result.
delete from scope_part
