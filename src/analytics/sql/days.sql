-- days: what does the export hold for each day?
-- in:  ev
-- out: one row a day that has events: all events, those without user, and with analytics storage denied.
SELECT
  day,
  COUNT(*) AS events,
  SUM(CASE WHEN user_key IS NULL THEN 1 ELSE 0 END) AS without_user,
  SUM(CASE WHEN analytics_storage = 'No' THEN 1 ELSE 0 END) AS denied
FROM ev
GROUP BY day
ORDER BY day
