-- users: how many people came in the loaded days?
-- in:  se, period(id, first_day, end_day)
-- out: one row a period: sessions and users with a session that began in it.
SELECT period.id AS period, COUNT(*) AS sessions, COUNT(DISTINCT se.user_key) AS users
FROM se
JOIN period ON se.day >= period.first_day AND se.day < period.end_day
GROUP BY period.id
ORDER BY period
