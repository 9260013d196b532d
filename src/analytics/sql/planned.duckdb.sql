-- planned: the events that the plan names, with what they carry, on DuckDB.
-- in:  source, conversion(event), wanted(key)
-- out: one row an event of the export, copies included; copies share row_key (user, name, time and sorted parameters).
--      parameters: only the wanted ones. value: the event's own, in its own currency.
SELECT
  CAST(hash(
    user_pseudo_id, event_name, event_timestamp,
    list_sort(list_transform(event_params, lambda p: hash(p.key, p.value)))
  ) AS STRING) AS row_key,
  CAST(epoch(TRY_STRPTIME(event_date, '%Y%m%d')) / 86400 AS INT64) AS day,
  event_timestamp AS ts,
  event_name AS name,
  user_pseudo_id AS user_key,
  user_pseudo_id || '.' || COALESCE(
    list_filter(event_params, lambda p: p.key = 'ga_session_id')[1].value.int_value::VARCHAR,
    list_filter(event_params, lambda p: p.key = 'ga_session_id')[1].value.string_value
  ) AS session_key,
  COALESCE(
    ecommerce.purchase_revenue,
    list_filter(event_params, lambda p: p.key = 'value')[1].value.int_value,
    list_filter(event_params, lambda p: p.key = 'value')[1].value.double_value,
    list_filter(event_params, lambda p: p.key = 'value')[1].value.float_value,
    TRY_CAST(list_filter(event_params, lambda p: p.key = 'value')[1].value.string_value AS DOUBLE)
  ) AS amount,
  UPPER(list_filter(event_params, lambda p: p.key = 'currency')[1].value.string_value) AS currency,
  COALESCE(ecommerce.purchase_revenue_in_usd, event_value_in_usd) AS amount_usd,
  COALESCE(
    ecommerce.transaction_id,
    list_filter(event_params, lambda p: p.key = 'transaction_id')[1].value.string_value
  ) AS transaction_id,
  list_filter(event_params, lambda p: list_contains(chosen.keys, p.key)) AS parameters
FROM source
CROSS JOIN (SELECT COALESCE(LIST(wanted.key), []) AS keys FROM wanted) AS chosen
WHERE event_name IN (SELECT conversion.event FROM conversion)
