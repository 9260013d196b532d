/** The codes of measuring: what keeps a scorecard from being made. */
import { codes } from './facts.ts'

const EXPORT = 'https://support.google.com/analytics/answer/7029846'
const DUCKDB = 'https://duckdb.org/docs/stable/clients/node_neo/overview'
const METHOD = 'docs/scorecard.md'

export const ANALYTICS_CODES = codes({
  'duckdb-is-missing': {
    severity: 'error',
    title: 'DuckDB is installed where files are measured.',
    reason: 'It is 70 MB of native code that nothing else needs, so it does not come with the package.',
    fix: 'Run npm install @duckdb/node-api, or use BigQuery or the Data API as source.',
    source: DUCKDB,
  },
  'no-analytics-source': {
    severity: 'error',
    title: 'The plan or the command line says where the numbers are.',
    reason: 'Nothing is measured from a guess.',
    fix: 'Add `analytics` to the environment, or name the data with --from.',
    source: METHOD,
  },
  'no-such-data': {
    severity: 'error',
    title: 'The named data exist.',
    reason: 'A name that leads nowhere would read as a period without anything.',
    fix: 'Check the path or the table; * stands for part of a name.',
    source: METHOD,
  },
  'not-an-export': {
    severity: 'error',
    title: 'The named files are a GA4 export.',
    reason: 'Any other table would read as nothing but nulls, and look like a bad week.',
    fix: 'Name files of the tables events_YYYYMMDD as Parquet, newline-delimited JSON or the console’s JSON.',
    source: EXPORT,
  },
  'not-an-outside-file': {
    severity: 'error',
    title: 'A file of what GA4 cannot see has a conversion, a day and a count.',
    reason: 'Without them its rows belong to nothing.',
    fix: 'Give it the columns conversion, day, count and, if known, value, channel, device, market.',
    source: METHOD,
  },
  'bad-outside-row': {
    severity: 'error',
    title: 'Every row of a file of what GA4 cannot see can be read.',
    reason: 'A row that is left out in silence is a number that is wrong.',
    fix: 'Put the row right, or take it out.',
    source: METHOD,
  },
  'data-cannot-be-read': {
    severity: 'error',
    title: 'The data can be read to their end.',
    reason: 'Half a file would read as half a week.',
    fix: 'Download or export the file again.',
    source: DUCKDB,
  },
  'no-rows-in-the-period': {
    severity: 'error',
    title: 'The period has rows.',
    reason: 'A verdict is never made from nothing.',
    fix: 'Name a period that has data: --week, --month, --since with --until, or --as-of.',
    source: METHOD,
  },
  'period-is-not-over': {
    severity: 'error',
    title: 'The period is over.',
    reason: 'A period that still runs is always behind.',
    fix: 'Name an earlier period.',
    source: METHOD,
  },
  'bad-period': {
    severity: 'error',
    title: 'The named period is one of the calendar.',
    reason: 'Which days are meant must not be guessed.',
    fix: 'For example --week 2021-W02, --month 2021-01, or --since 2021-01-04 --until 2021-01-10.',
    source: 'https://www.iso.org/iso-8601-date-and-time-format.html',
  },
  'data-is-too-large': {
    severity: 'error',
    title: 'The data fit the memory and the folder for temporary files.',
    reason: 'DuckDB writes to the disk what does not fit its memory; some steps cannot, or the disk is full.',
    fix: 'Name fewer files or a shorter period, make room, or use BigQuery as source.',
    source: DUCKDB,
  },
  'costs-too-much': {
    severity: 'error',
    title: 'BigQuery reads no more than the plan allows.',
    reason:
      'BigQuery bills what a statement reads. How much that is was asked first, and nothing was read: 100 GB are allowed where the plan says nothing.',
    fix: 'Raise analytics.maxGigabytes of the environment, or name a shorter period.',
    source: 'https://cloud.google.com/bigquery/docs/best-practices-costs',
  },
  'view-is-not-ours': {
    severity: 'error',
    title: 'A view that is written over was written from this plan.',
    reason: 'What carries no label of the plan is somebody else’s and is never touched.',
    fix: 'Name another dataset with --write-to, or delete that view.',
    source: METHOD,
  },
  'not-available-from-this-source': {
    severity: 'error',
    title: 'The question can be answered from this source.',
    reason: 'The Data API gives sums, no paths: neither weights nor lags can be had from it.',
    fix: 'Use the export, as files or in BigQuery.',
    source: 'https://developers.google.com/analytics/devguides/reporting/data/v1',
  },
  'too-few-goals-for-weights': {
    severity: 'error',
    title: 'There are enough goals to estimate weights from.',
    reason: 'A weight from a handful of goals is noise that looks like a number.',
    fix: 'Name a longer span with --since and --until.',
    source: METHOD,
  },
  'no-such-conversion': {
    severity: 'error',
    title: 'The named conversion or experiment is in the plan.',
    reason: 'There is nothing to count for another.',
    fix: 'Use an id as it stands in the plan.',
    source: METHOD,
  },
})
