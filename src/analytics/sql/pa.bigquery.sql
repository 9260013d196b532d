-- pa: the wanted parameters of planned events as text, and the parts of page addresses, on BigQuery.
-- in:  planned
-- out: row_key, key, text, kind (string, integer, number or none); page_location:host, :path and :full (without fragment) beside page_location.
WITH parameter AS (
  SELECT DISTINCT
    row_key,
    p.key AS key,
    COALESCE(
      p.value.string_value, CAST(p.value.int_value AS STRING), CAST(p.value.double_value AS STRING),
      CAST(p.value.float_value AS STRING)
    ) AS text,
    CASE
      WHEN p.value.string_value IS NOT NULL THEN 'string'
      WHEN p.value.int_value IS NOT NULL THEN 'integer'
      WHEN p.value.double_value IS NOT NULL OR p.value.float_value IS NOT NULL THEN 'number'
      ELSE 'none'
    END AS kind
  FROM planned, UNNEST(parameters) AS p
)
SELECT row_key, key, text, kind FROM parameter
UNION ALL
SELECT row_key, CONCAT(key, ':host'), REGEXP_EXTRACT(text, r'^[a-z]+://([^/:?#]+)'), 'string'
FROM parameter WHERE key IN ('page_location', 'page_referrer')
UNION ALL
SELECT row_key, CONCAT(key, ':path'), COALESCE(REGEXP_EXTRACT(text, r'^[a-z]+://[^/?#]+(/[^?#]*)'), '/'), 'string'
FROM parameter WHERE key IN ('page_location', 'page_referrer')
UNION ALL
SELECT row_key, CONCAT(key, ':full'), REGEXP_EXTRACT(text, r'^([^#]*)'), 'string'
FROM parameter WHERE key IN ('page_location', 'page_referrer')
