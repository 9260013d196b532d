-- daily: how often did each conversion happen on each day, and what was it worth?
-- in:  occurrence, did, se, run(first_day, end_day), settings(currency)
-- out: one row a day and conversion that happened. occurrences: copies and repeated transactions once; events: copies once;
--      sessions: with the conversion. amount: in the plan's currency, of the occurrences that carry it; own: how many do;
--      foreign: occurrences in another currency, in no amount; without_id: purchases without a transaction id; as_sent: amount of all rows;
--      no_amount: occurrences without an amount, or with 0, which the export writes in USD where nothing was sent.
WITH counted AS (
  SELECT
    conversion,
    day,
    COUNT(*) AS occurrences,
    SUM(events) AS events,
    SUM(copies) AS copies,
    SUM(without_id) AS without_id,
    SUM(CASE WHEN settings.currency = 'USD' AND amount_usd IS NOT NULL THEN amount_usd
      WHEN occurrence.currency = settings.currency OR settings.currency = '' THEN amount END) AS amount,
    SUM(CASE WHEN settings.currency = 'USD' AND amount_usd IS NOT NULL THEN amount_usd * events
      WHEN occurrence.currency = settings.currency OR settings.currency = '' THEN amount * events END) AS as_sent,
    COUNT(CASE WHEN settings.currency = 'USD' AND amount_usd IS NOT NULL THEN amount_usd
      WHEN occurrence.currency = settings.currency OR settings.currency = '' THEN amount END) AS own,
    COUNT(CASE WHEN occurrence.currency <> settings.currency AND settings.currency <> ''
      AND NOT (settings.currency = 'USD' AND amount_usd IS NOT NULL) THEN amount END) AS foreign_currency,
    COUNT(CASE WHEN COALESCE(amount, 0) = 0 AND COALESCE(amount_usd, 0) = 0 THEN 1 END) AS no_amount
  FROM occurrence
  CROSS JOIN settings
  GROUP BY conversion, day
),
visited AS (
  SELECT did.conversion AS conversion, se.day AS day, COUNT(*) AS sessions
  FROM did
  JOIN se ON se.session_key = did.session_key
  GROUP BY did.conversion, se.day
)
SELECT
  counted.conversion AS conversion,
  counted.day AS day,
  counted.occurrences AS occurrences,
  counted.events AS events,
  counted.copies AS copies,
  COALESCE(visited.sessions, 0) AS sessions,
  counted.without_id AS without_id,
  counted.amount AS amount,
  counted.as_sent AS as_sent,
  counted.own AS own,
  counted.foreign_currency AS foreign_currency,
  counted.no_amount AS no_amount
FROM counted
LEFT JOIN visited ON visited.conversion = counted.conversion AND visited.day = counted.day
ORDER BY conversion, day
