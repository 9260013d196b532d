-- reached: how many sessions and users did it, or one of its parts, at least once?
-- in:  sliced, did, asked(conversion, base): base '' is every session, else only sessions that did that conversion too;
--      part(asked, conversion): itself, or the micro conversions of a stage
-- out: one row a conversion, period, slice and bucket in which it happened.
SELECT
  asked.conversion AS conversion,
  sliced.period AS period,
  sliced.slice AS slice,
  sliced.bucket AS bucket,
  COUNT(DISTINCT sliced.session_key) AS sessions,
  COUNT(DISTINCT sliced.user_key) AS users
FROM asked
JOIN part ON part.asked = asked.conversion
JOIN did ON did.conversion = part.conversion
LEFT JOIN did AS based ON based.conversion = asked.base AND based.session_key = did.session_key
JOIN sliced ON sliced.session_key = did.session_key
WHERE asked.base = '' OR based.session_key IS NOT NULL
GROUP BY asked.conversion, sliced.period, sliced.slice, sliced.bucket
ORDER BY conversion, period, slice, bucket
