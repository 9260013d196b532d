-- occurrence: what happened, counted once: copies of a row are one event, one transaction of one user is one purchase, and where the
--      plan counts once a session, all of a session's are one.
-- in:  hit, conversion(id, once): once is 'transaction' where a transaction id makes events one, 'session' where a session does
-- out: one row an occurrence, dated by the day of its session; copies: how many rows the export holds of it.
WITH keyed AS (
  SELECT
    hit.conversion AS conversion,
    CASE WHEN conversion.once = 'transaction' AND hit.transaction_id IS NOT NULL
      THEN CONCAT(COALESCE(hit.user_key, ''), '|', hit.transaction_id)
      WHEN conversion.once = 'session' AND hit.session_key IS NOT NULL THEN hit.session_key
      ELSE hit.row_key END AS occurrence_key,
    CASE WHEN conversion.once = 'transaction' AND hit.transaction_id IS NULL THEN 1 ELSE 0 END AS without_id,
    hit.row_key AS row_key, hit.day AS day, hit.ts AS ts, hit.user_key AS user_key, hit.session_key AS session_key,
    hit.amount AS amount, hit.amount_usd AS amount_usd, hit.currency AS currency
  FROM hit
  JOIN conversion ON conversion.id = hit.conversion
)
SELECT
  conversion,
  occurrence_key,
  MIN(day) AS day,
  MIN(ts) AS ts,
  MIN(user_key) AS user_key,
  MIN(session_key) AS session_key,
  MAX(amount) AS amount,
  MAX(amount_usd) AS amount_usd,
  MAX(currency) AS currency,
  MAX(without_id) AS without_id,
  COUNT(DISTINCT row_key) AS events,
  COUNT(*) AS copies
FROM keyed
GROUP BY conversion, occurrence_key
