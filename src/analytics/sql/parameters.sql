-- parameters: do planned events carry the parameters that the plan says, and of which kind?
-- in:  hit, pa, carried(conversion, key), period(id, first_day, end_day)
-- out: one row a conversion and parameter: events in the period, with the parameter, and how many of each kind.
WITH event AS (
  SELECT DISTINCT hit.conversion AS conversion, hit.row_key AS row_key
  FROM hit
  JOIN period ON period.id = 0 AND hit.day >= period.first_day AND hit.day < period.end_day
)
SELECT
  carried.conversion AS conversion,
  carried.key AS key,
  COUNT(DISTINCT event.row_key) AS events,
  COUNT(DISTINCT CASE WHEN pa.kind <> 'none' THEN event.row_key END) AS present,
  COUNT(DISTINCT CASE WHEN pa.kind = 'string' THEN event.row_key END) AS strings,
  COUNT(DISTINCT CASE WHEN pa.kind = 'integer' THEN event.row_key END) AS integers,
  COUNT(DISTINCT CASE WHEN pa.kind = 'number' THEN event.row_key END) AS numbers
FROM carried
JOIN event ON event.conversion = carried.conversion
LEFT JOIN pa ON pa.row_key = event.row_key AND pa.key = carried.key
GROUP BY carried.conversion, carried.key
ORDER BY conversion, key
