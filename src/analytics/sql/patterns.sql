-- patterns: which micros did sessions do before their first goal, and did they reach it?
-- in:  se, did, goal(id), fed(goal, micro), span(first_day, end_day)
-- out: one row a goal, week (whole weeks since the first day), device, channel, set of micros and outcome. Unit: session.
--      A micro counts only before the session's first goal; micros: ids with commas between, in the alphabet's order.
WITH within AS (
  SELECT se.session_key, se.device, se.channel, CAST(FLOOR((se.day - span.first_day) / 7) AS INT64) AS week
  FROM se
  JOIN span ON se.day >= span.first_day AND se.day < span.end_day
),
earlier AS (
  SELECT fed.goal AS goal, did.session_key AS session_key, fed.micro AS micro
  FROM did
  JOIN fed ON fed.micro = did.conversion
  LEFT JOIN did AS reached ON reached.conversion = fed.goal AND reached.session_key = did.session_key
  WHERE reached.ts IS NULL OR did.ts < reached.ts
),
gathered AS (
  SELECT goal, session_key, STRING_AGG(micro, ',' ORDER BY micro) AS micros
  FROM earlier
  GROUP BY goal, session_key
)
SELECT
  goal.id AS goal,
  within.week AS week,
  within.device AS device,
  within.channel AS channel,
  COALESCE(gathered.micros, '') AS micros,
  CASE WHEN reached.session_key IS NULL THEN 0 ELSE 1 END AS done,
  COUNT(*) AS sessions
FROM within
CROSS JOIN goal
LEFT JOIN gathered ON gathered.goal = goal.id AND gathered.session_key = within.session_key
LEFT JOIN did AS reached ON reached.conversion = goal.id AND reached.session_key = within.session_key
GROUP BY goal.id, within.week, within.device, within.channel, COALESCE(gathered.micros, ''), CASE WHEN reached.session_key IS NULL THEN 0 ELSE 1 END
ORDER BY goal, week, device, channel, micros, done
