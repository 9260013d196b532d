-- sliced: every session of a period once for each way of looking at it.
-- in:  se, period(id, first_day, end_day), slice(name)
-- out: period, slice, bucket, session_key, user_key. A day belongs to a period when first_day <= day < end_day.
SELECT
  period.id AS period,
  slice.name AS slice,
  CASE slice.name
    WHEN 'all' THEN ''
    WHEN 'device' THEN se.device
    WHEN 'channel' THEN se.channel
    WHEN 'channel, device' THEN CONCAT(se.channel, ', ', se.device)
    WHEN 'market' THEN se.market
    WHEN 'segment' THEN se.segment
    WHEN 'traffic' THEN se.traffic
  END AS bucket,
  se.session_key AS session_key,
  se.user_key AS user_key
FROM se
JOIN period ON se.day >= period.first_day AND se.day < period.end_day
CROSS JOIN slice
