-- reached: how many sessions and users did it at least once?
-- in:  sliced, did, asked(conversion, base): base '' is every session, else only sessions that did that conversion too
-- out: one row a conversion, period, slice and bucket in which it happened.
SELECT
  asked.conversion AS conversion,
  sliced.period AS period,
  sliced.slice AS slice,
  sliced.bucket AS bucket,
  COUNT(*) AS sessions,
  COUNT(DISTINCT sliced.user_key) AS users
FROM asked
JOIN did ON did.conversion = asked.conversion
LEFT JOIN did AS based ON based.conversion = asked.base AND based.session_key = did.session_key
JOIN sliced ON sliced.session_key = did.session_key
WHERE asked.base = '' OR based.session_key IS NOT NULL
GROUP BY asked.conversion, sliced.period, sliced.slice, sliced.bucket
ORDER BY conversion, period, slice, bucket
