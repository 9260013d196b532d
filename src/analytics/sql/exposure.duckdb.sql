-- exposure: which visitor saw which variant of an experiment, on DuckDB.
-- in:  source, trial(parameter)
-- out: one row an event that carries the parameter of an experiment: user_key, day, ts, parameter, variant.
SELECT
  user_pseudo_id AS user_key,
  CAST(epoch(TRY_STRPTIME(event_date, '%Y%m%d')) / 86400 AS INT64) AS day,
  event_timestamp AS ts,
  p.key AS parameter,
  COALESCE(p.value.string_value, p.value.int_value::VARCHAR) AS variant
FROM (
  SELECT user_pseudo_id, event_date, event_timestamp,
    UNNEST(list_filter(event_params, lambda p: list_contains(chosen.keys, p.key))) AS p
  FROM source
  CROSS JOIN (SELECT COALESCE(LIST(trial.parameter), []) AS keys FROM trial) AS chosen
) AS carried
WHERE user_pseudo_id IS NOT NULL
