-- exposure: which visitor saw which variant of an experiment, on BigQuery.
-- in:  source, trial(parameter)
-- out: one row an event that carries the parameter of an experiment: user_key, day, ts, parameter, variant.
SELECT
  user_pseudo_id AS user_key,
  UNIX_DATE(SAFE.PARSE_DATE('%Y%m%d', event_date)) AS day,
  event_timestamp AS ts,
  p.key AS parameter,
  COALESCE(p.value.string_value, CAST(p.value.int_value AS STRING)) AS variant
FROM source, UNNEST(event_params) AS p
WHERE user_pseudo_id IS NOT NULL AND p.key IN (SELECT trial.parameter FROM trial)
