-- What BigQuery has and DuckDB lacks. Nothing else is dialect in the shared texts.
CREATE OR REPLACE TYPE FLOAT64 AS DOUBLE;
CREATE OR REPLACE MACRO REGEXP_CONTAINS(subject, pattern) AS regexp_matches(subject, pattern);
CREATE OR REPLACE MACRO SAFE_DIVIDE(part, whole) AS CASE WHEN whole = 0 THEN NULL ELSE part / whole END;
