-- What tells one state of the keys from the next: every rotation writes it down once its key is kept. No parameters.
-- Grain: one row. Result: rotations, the last epoch of the source key and the check value each dataset has reached.
select concat_ws(' ',
  (select coalesce(max(epoch), 1) from source_epoch),
  (select string_agg(coalesce(platform_key_check, 'none'), ' ' order by dataset) from linkage_state)
) as rotations
