-- planned: the events that the plan names, with what they carry, on BigQuery.
-- in:  source, conversion(event), wanted(key)
-- out: one row an event of the export, copies included; copies share row_key (user, name, time and sorted parameters).
--      parameters: only the wanted ones. value: the event's own, in its own currency.
SELECT
  TO_HEX(MD5(CONCAT(
    COALESCE(user_pseudo_id, ''), '|', event_name, '|', CAST(event_timestamp AS STRING), '|',
    COALESCE((SELECT STRING_AGG(TO_JSON_STRING(p), ',' ORDER BY TO_JSON_STRING(p)) FROM UNNEST(event_params) AS p), '')
  ))) AS row_key,
  UNIX_DATE(SAFE.PARSE_DATE('%Y%m%d', event_date)) AS day,
  event_timestamp AS ts,
  event_name AS name,
  user_pseudo_id AS user_key,
  CONCAT(user_pseudo_id, '.', (
    SELECT COALESCE(CAST(p.value.int_value AS STRING), p.value.string_value)
    FROM UNNEST(event_params) AS p WHERE p.key = 'ga_session_id' LIMIT 1
  )) AS session_key,
  COALESCE(ecommerce.purchase_revenue, (
    SELECT COALESCE(
      CAST(p.value.int_value AS FLOAT64), p.value.double_value, p.value.float_value,
      SAFE_CAST(p.value.string_value AS FLOAT64)
    )
    FROM UNNEST(event_params) AS p WHERE p.key = 'value' LIMIT 1
  )) AS amount,
  (SELECT UPPER(p.value.string_value) FROM UNNEST(event_params) AS p WHERE p.key = 'currency' LIMIT 1) AS currency,
  COALESCE(ecommerce.purchase_revenue_in_usd, event_value_in_usd) AS amount_usd,
  COALESCE(ecommerce.transaction_id, (
    SELECT p.value.string_value FROM UNNEST(event_params) AS p WHERE p.key = 'transaction_id' LIMIT 1
  )) AS transaction_id,
  ARRAY(SELECT p FROM UNNEST(event_params) AS p WHERE p.key IN (SELECT wanted.key FROM wanted)) AS parameters
FROM source
WHERE event_name IN (SELECT conversion.event FROM conversion)
