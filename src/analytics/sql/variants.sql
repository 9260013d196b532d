-- variants: how many visitors saw each variant of an experiment, and how many of them did what it is about?
-- in:  exposure, hit, trial(id, parameter, first_day, end_day), outcome(experiment, conversion)
-- out: one row an experiment, variant and conversion. users: saw this variant and no other; mixed: saw several (in no variant, the same number
--      on each row); converted: did the conversion at or after their first sight of it; days: days with sights. Unit: user.
WITH seen AS (
  SELECT
    trial.id AS experiment, user_key, MIN(variant) AS variant, MAX(variant) AS last_variant, MIN(ts) AS ts
  FROM exposure
  JOIN trial ON trial.parameter = exposure.parameter AND exposure.day >= trial.first_day AND exposure.day < trial.end_day
  GROUP BY trial.id, user_key
),
length AS (
  SELECT trial.id AS experiment, COUNT(DISTINCT exposure.day) AS days
  FROM exposure
  JOIN trial ON trial.parameter = exposure.parameter AND exposure.day >= trial.first_day AND exposure.day < trial.end_day
  GROUP BY trial.id
),
mixed AS (
  SELECT experiment, SUM(CASE WHEN variant <> last_variant THEN 1 ELSE 0 END) AS users FROM seen GROUP BY experiment
),
converted AS (
  SELECT DISTINCT seen.experiment AS experiment, hit.conversion AS conversion, seen.user_key AS user_key
  FROM seen
  JOIN outcome ON outcome.experiment = seen.experiment
  JOIN trial ON trial.id = seen.experiment
  JOIN hit ON hit.conversion = outcome.conversion AND hit.user_key = seen.user_key AND hit.ts >= seen.ts
    AND hit.day < trial.end_day
)
SELECT
  seen.experiment AS experiment,
  seen.variant AS variant,
  COUNT(*) AS users,
  MAX(mixed.users) AS mixed,
  MAX(length.days) AS days,
  outcome.conversion AS conversion,
  COUNT(converted.user_key) AS converted
FROM seen
JOIN outcome ON outcome.experiment = seen.experiment
JOIN mixed ON mixed.experiment = seen.experiment
JOIN length ON length.experiment = seen.experiment
LEFT JOIN converted ON converted.experiment = seen.experiment AND converted.conversion = outcome.conversion
  AND converted.user_key = seen.user_key
WHERE seen.variant = seen.last_variant
GROUP BY seen.experiment, seen.variant, outcome.conversion
ORDER BY experiment, variant, conversion
