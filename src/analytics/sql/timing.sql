-- timing: how long does it take from the first event of a session to the first time of a conversion?
-- in:  did, se, fed(goal, micro), period(id, first_day, end_day)
-- out: one row a conversion that happened in the period: sessions with it, and quartiles of the seconds (between two ranks: in proportion).
--      A micro counts where its first time is before the session's first goal that it feeds.
WITH reached AS (
  SELECT fed.micro AS micro, did.session_key AS session_key, MIN(did.ts) AS ts
  FROM fed
  JOIN did ON did.conversion = fed.goal
  GROUP BY fed.micro, did.session_key
),
waited AS (
  SELECT did.conversion AS conversion, (did.ts - se.ts) / 1000000 AS seconds, did.session_key AS session_key
  FROM did
  JOIN se ON se.session_key = did.session_key
  JOIN period ON period.id = 0 AND se.day >= period.first_day AND se.day < period.end_day
  LEFT JOIN reached ON reached.micro = did.conversion AND reached.session_key = did.session_key
  WHERE reached.ts IS NULL OR did.ts < reached.ts
),
ranked AS (
  SELECT
    conversion, seconds,
    ROW_NUMBER() OVER (PARTITION BY conversion ORDER BY seconds, session_key) AS rank_of,
    COUNT(*) OVER (PARTITION BY conversion) AS n
  FROM waited
)
SELECT
  conversion,
  MAX(n) AS sessions,
  SUM(seconds * GREATEST(0.0, 1 - ABS(rank_of - 1 - (n - 1) * 0.25))) AS quarter,
  SUM(seconds * GREATEST(0.0, 1 - ABS(rank_of - 1 - (n - 1) * 0.5))) AS half,
  SUM(seconds * GREATEST(0.0, 1 - ABS(rank_of - 1 - (n - 1) * 0.75))) AS three_quarters
FROM ranked
GROUP BY conversion
ORDER BY conversion
