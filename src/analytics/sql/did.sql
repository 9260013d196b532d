-- did: which session did which conversion, and when first.
-- in:  hit
-- out: one row a session and conversion. Unit: session.
SELECT conversion, session_key, MIN(user_key) AS user_key, MIN(ts) AS ts, COUNT(DISTINCT row_key) AS events
FROM hit
WHERE session_key IS NOT NULL
GROUP BY conversion, session_key
