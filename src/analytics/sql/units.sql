-- units: how many sessions and users could have done it?
-- in:  sliced, did, base(id): conversions whose sessions are a denominator
-- out: one row a period, slice, bucket and base; base '' is every session.
SELECT '' AS base, period, slice, bucket, COUNT(*) AS sessions, COUNT(DISTINCT user_key) AS users
FROM sliced
GROUP BY period, slice, bucket
UNION ALL
SELECT base.id AS base, sliced.period, sliced.slice, sliced.bucket, COUNT(*) AS sessions, COUNT(DISTINCT sliced.user_key) AS users
FROM sliced
JOIN did ON did.session_key = sliced.session_key
JOIN base ON base.id = did.conversion
GROUP BY base.id, sliced.period, sliced.slice, sliced.bucket
ORDER BY base, period, slice, bucket
