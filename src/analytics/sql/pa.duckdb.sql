-- pa: the wanted parameters of planned events as text, and the parts of page addresses, on DuckDB.
-- in:  planned
-- out: row_key, key, text, kind (string, integer, number or none); page_location:host, :path and :full (without fragment) beside page_location.
WITH parameter AS (
  SELECT DISTINCT
    row_key,
    p.key AS key,
    COALESCE(
      p.value.string_value, p.value.int_value::VARCHAR, p.value.double_value::VARCHAR, p.value.float_value::VARCHAR
    ) AS text,
    CASE
      WHEN p.value.string_value IS NOT NULL THEN 'string'
      WHEN p.value.int_value IS NOT NULL THEN 'integer'
      WHEN p.value.double_value IS NOT NULL OR p.value.float_value IS NOT NULL THEN 'number'
      ELSE 'none'
    END AS kind
  FROM planned, UNNEST(parameters) AS t(p)
)
SELECT row_key, key, text, kind FROM parameter
UNION ALL
SELECT row_key, key || ':host', REGEXP_EXTRACT(text, '^[a-z]+://([^/:?#]+)', 1), 'string'
FROM parameter WHERE key IN ('page_location', 'page_referrer')
UNION ALL
SELECT row_key, key || ':path', COALESCE(NULLIF(REGEXP_EXTRACT(text, '^[a-z]+://[^/?#]+(/[^?#]*)', 1), ''), '/'), 'string'
FROM parameter WHERE key IN ('page_location', 'page_referrer')
UNION ALL
SELECT row_key, key || ':full', REGEXP_EXTRACT(text, '^([^#]*)', 1), 'string'
FROM parameter WHERE key IN ('page_location', 'page_referrer')
