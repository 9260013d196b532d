-- visits: how many sessions began on each day, and how whole are they?
-- in:  se
-- out: one row a day: sessions, their events, those without session_start. Unit: session, on the day of its first event.
SELECT day, COUNT(*) AS sessions, SUM(events) AS events, SUM(1 - started) AS without_start
FROM se
GROUP BY day
ORDER BY day
