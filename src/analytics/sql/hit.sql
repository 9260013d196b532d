-- hit: which planned event is which conversion of the plan.
-- in:  planned, pa, conversion(id, event), need(conversion, key, operator, wanted, negate, fold)
-- out: one row an event and conversion, copies included. A conversion whose needs are not all met is not hit; a parameter that is absent
--      meets a need only where the need is negated.
WITH candidate AS (
  SELECT conversion.id AS conversion, planned.row_key AS row_key
  FROM planned
  JOIN conversion ON conversion.event = planned.name
  WHERE conversion.id IN (SELECT need.conversion FROM need)
),
found AS (
  SELECT
    candidate.conversion AS conversion,
    candidate.row_key AS row_key,
    need.negate AS negate,
    CASE WHEN need.fold THEN LOWER(pa.text) ELSE pa.text END AS text,
    CASE WHEN need.fold THEN LOWER(need.wanted) ELSE need.wanted END AS wanted,
    need.wanted AS pattern,
    need.operator AS operator,
    need.fold AS fold,
    pa.text AS raw
  FROM candidate
  JOIN need ON need.conversion = candidate.conversion
  LEFT JOIN pa ON pa.row_key = candidate.row_key AND pa.key = need.key
),
failed AS (
  SELECT DISTINCT conversion, row_key
  FROM found
  WHERE negate = COALESCE(
    CASE operator
      WHEN 'equals' THEN text = wanted
      WHEN 'contains' THEN STRPOS(text, wanted) > 0
      WHEN 'startsWith' THEN SUBSTR(text, 1, LENGTH(wanted)) = wanted
      WHEN 'endsWith' THEN LENGTH(text) >= LENGTH(wanted) AND SUBSTR(text, LENGTH(text) - LENGTH(wanted) + 1) = wanted
      WHEN 'matches' THEN REGEXP_CONTAINS(raw, CONCAT(CASE WHEN fold THEN '(?i)' ELSE '' END, pattern))
    END,
    FALSE
  )
)
SELECT
  conversion.id AS conversion,
  planned.row_key AS row_key,
  COALESCE(se.day, planned.day) AS day,
  planned.ts AS ts,
  planned.user_key AS user_key,
  planned.session_key AS session_key,
  planned.amount AS amount,
  planned.amount_usd AS amount_usd,
  planned.currency AS currency,
  CASE WHEN planned.transaction_id IN ('', '(not set)') THEN NULL ELSE planned.transaction_id END AS transaction_id
FROM planned
JOIN conversion ON conversion.event = planned.name
LEFT JOIN failed ON failed.conversion = conversion.id AND failed.row_key = planned.row_key
LEFT JOIN se ON se.session_key = planned.session_key
WHERE failed.row_key IS NULL
