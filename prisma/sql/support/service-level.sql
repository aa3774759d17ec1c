-- How fast the programme answered what was reported in the last 90 days. No parameters.
-- Grain: one row. Never null: asked, answered, inTwoDays
select asked, answered, median_hours as "medianHours", in_two_days as "inTwoDays" from service_level()
