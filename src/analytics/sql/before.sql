-- before: which distinct micros did the user do before each goal, within the window?
-- in:  occurrence, hit, period(id, first_day, end_day), goal(id), fed(goal, micro), settings(currency, window_us)
-- out: one row an occurrence of a goal in the period: micros (ids with commas between, in the alphabet's order; '' where none), seconds from the last of them.
--      A goal without user has none. foreign_currency: 1 where its amount is in another currency. Unit: occurrence.
WITH reached AS (
  SELECT occurrence.conversion AS goal, occurrence_key, occurrence.ts AS ts, user_key, amount, amount_usd, currency
  FROM occurrence
  JOIN goal ON goal.id = occurrence.conversion
  JOIN period ON period.id = 0 AND occurrence.day >= period.first_day AND occurrence.day < period.end_day
),
seen AS (
  SELECT reached.goal AS goal, reached.occurrence_key AS occurrence_key, hit.conversion AS micro, MAX(hit.ts) AS ts
  FROM reached
  JOIN fed ON fed.goal = reached.goal
  JOIN hit ON hit.conversion = fed.micro AND hit.user_key = reached.user_key
  CROSS JOIN settings
  WHERE hit.ts < reached.ts AND hit.ts >= reached.ts - settings.window_us
  GROUP BY reached.goal, reached.occurrence_key, hit.conversion
),
gathered AS (
  SELECT goal, occurrence_key, STRING_AGG(micro, ',' ORDER BY micro) AS micros, MAX(ts) AS last_ts
  FROM seen
  GROUP BY goal, occurrence_key
)
SELECT
  reached.goal AS goal,
  COALESCE(gathered.micros, '') AS micros,
  (reached.ts - gathered.last_ts) / 1000000 AS seconds,
  CASE WHEN settings.currency = 'USD' AND reached.amount_usd IS NOT NULL THEN reached.amount_usd
    WHEN reached.currency = settings.currency OR settings.currency = '' THEN reached.amount END AS amount,
  CASE WHEN reached.amount IS NOT NULL AND reached.currency <> settings.currency AND settings.currency <> ''
    AND NOT (settings.currency = 'USD' AND reached.amount_usd IS NOT NULL) THEN 1 ELSE 0 END AS foreign_currency
FROM reached
CROSS JOIN settings
LEFT JOIN gathered ON gathered.goal = reached.goal AND gathered.occurrence_key = reached.occurrence_key
ORDER BY goal, micros, seconds, amount, foreign_currency
