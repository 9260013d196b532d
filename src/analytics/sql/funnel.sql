-- funnel: how many units came to each step, in order?
-- in:  did, se, period(id, first_day, end_day), step(place, conversion), settings(window_us)
-- out: one row a unit kind and step that was reached: units, and the seconds from the step before (quartiles). Closed and ordered: the first time of a
--      step counts, at or after the first time of the step before, within the window of the first step. A step of which nothing came on
--      any day is none: the next follows the one before it. Units: session; user.
WITH seen AS (
  SELECT DISTINCT step.place AS place FROM did JOIN step ON step.conversion = did.conversion
),
numbered AS (
  SELECT place, ROW_NUMBER() OVER (ORDER BY place) AS nth FROM seen
),
visit AS (
  SELECT step.place AS place, se.session_key AS session_key, se.user_key AS user_key, MIN(did.ts) AS ts
  FROM did
  JOIN step ON step.conversion = did.conversion
  JOIN se ON se.session_key = did.session_key
  JOIN period ON period.id = 0 AND se.day >= period.first_day AND se.day < period.end_day
  GROUP BY step.place, se.session_key, se.user_key
),
taken AS (
  SELECT 'sessions' AS unit, session_key AS unit_key, place, ts FROM visit
  UNION ALL
  SELECT 'users' AS unit, user_key AS unit_key, place, MIN(ts) AS ts FROM visit GROUP BY user_key, place
),
followed AS (
  SELECT
    unit, unit_key, taken.place AS place, nth, ts,
    LAG(nth) OVER (PARTITION BY unit, unit_key ORDER BY nth) AS nth_before,
    LAG(ts) OVER (PARTITION BY unit, unit_key ORDER BY nth) AS ts_before,
    FIRST_VALUE(ts) OVER (PARTITION BY unit, unit_key ORDER BY nth) AS ts_first
  FROM taken
  JOIN numbered ON numbered.place = taken.place
),
judged AS (
  SELECT
    followed.unit AS unit, unit_key, place, ts, ts_before,
    MIN(CASE
      WHEN nth = 1 THEN 1
      WHEN nth_before = nth - 1 AND ts >= ts_before AND ts - ts_first <= settings.window_us THEN 1
      ELSE 0
    END) OVER (PARTITION BY followed.unit, unit_key ORDER BY place ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS reached
  FROM followed
  CROSS JOIN settings
),
ranked AS (
  SELECT
    unit, place, (ts - ts_before) / 1000000 AS seconds,
    ROW_NUMBER() OVER (PARTITION BY unit, place ORDER BY ts - ts_before, unit_key) AS rank_of,
    COUNT(*) OVER (PARTITION BY unit, place) AS n
  FROM judged
  WHERE reached = 1
)
SELECT
  unit,
  place,
  MAX(n) AS units,
  SUM(seconds * GREATEST(0.0, 1 - ABS(rank_of - 1 - (n - 1) * 0.25))) AS quarter,
  SUM(seconds * GREATEST(0.0, 1 - ABS(rank_of - 1 - (n - 1) * 0.5))) AS half,
  SUM(seconds * GREATEST(0.0, 1 - ABS(rank_of - 1 - (n - 1) * 0.75))) AS three_quarters
FROM ranked
GROUP BY unit, place
ORDER BY unit, place
