-- rates: what share of the sessions, and of the users, did each conversion?
-- in:  asked(conversion, base), reached, units: what those questions answer
-- out: one row a conversion, period, slice, bucket and unit (sessions or users) that had any: k of n, rate, Wilson's 95 % interval (low, high).
WITH joined AS (
  SELECT asked.conversion AS conversion, units.period AS period, units.slice AS slice, units.bucket AS bucket,
    COALESCE(reached.sessions, 0) AS k_sessions, units.sessions AS n_sessions,
    COALESCE(reached.users, 0) AS k_users, units.users AS n_users
  FROM asked
  JOIN units ON units.base = asked.base
  LEFT JOIN reached ON reached.conversion = asked.conversion AND reached.period = units.period
    AND reached.slice = units.slice AND reached.bucket = units.bucket
),
counted AS (
  SELECT conversion, period, slice, bucket, 'sessions' AS unit, k_sessions AS k, n_sessions AS n FROM joined
  UNION ALL
  SELECT conversion, period, slice, bucket, 'users' AS unit, k_users AS k, n_users AS n FROM joined
),
weighed AS (
  SELECT conversion, period, slice, bucket, unit, k, n, SAFE_DIVIDE(k, n) AS rate, POW(1.959963984540054, 2) AS z2
  FROM counted
  WHERE n > 0
)
SELECT
  conversion, period, slice, bucket, unit, k, n, rate,
  SAFE_DIVIDE(rate + z2 / 2 / n - SQRT(z2 * (rate * (1 - rate) + z2 / 4 / n) / n), 1 + z2 / n) AS low,
  SAFE_DIVIDE(rate + z2 / 2 / n + SQRT(z2 * (rate * (1 - rate) + z2 / 4 / n) / n), 1 + z2 / n) AS high
FROM weighed
ORDER BY conversion, period, slice, bucket, unit
