-- names: which events does the export hold, and since when?
-- in:  ev
-- out: one row an event name and day.
SELECT name, day, COUNT(*) AS events
FROM ev
GROUP BY name, day
ORDER BY name, day
