-- buyers: what did each user add to each goal, day by day? The units that the bootstrap draws.
-- in:  occurrence, guarded(conversion), settings(currency)
-- out: one row a conversion, user and day: occurrences and their amount in the plan's currency. person: a running number, no id.
--      foreign_currency: occurrences in another one. Occurrences without user are persons of their own.
WITH named AS (
  SELECT
    occurrence.conversion AS conversion,
    occurrence.day AS day,
    COALESCE(user_key, CONCAT('?', occurrence_key)) AS user_key,
    CASE WHEN settings.currency = 'USD' AND amount_usd IS NOT NULL THEN amount_usd
      WHEN occurrence.currency = settings.currency OR settings.currency = '' THEN amount END AS amount,
    CASE WHEN amount IS NOT NULL AND occurrence.currency <> settings.currency AND settings.currency <> ''
      AND NOT (settings.currency = 'USD' AND amount_usd IS NOT NULL) THEN 1 ELSE 0 END AS foreign_currency
  FROM occurrence
  CROSS JOIN settings
  JOIN guarded ON guarded.conversion = occurrence.conversion
)
SELECT
  conversion,
  DENSE_RANK() OVER (ORDER BY user_key) AS person,
  day,
  COUNT(*) AS occurrences,
  SUM(amount) AS amount,
  SUM(foreign_currency) AS foreign_currency
FROM named
GROUP BY conversion, user_key, day
ORDER BY conversion, person, day
