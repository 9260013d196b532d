/**
 * The columns of the GA4 export that are read, in DuckDB's words. Files of any year are read by name into this shape: a column
 * that is absent is null, one that is not here is ignored, and a scalar of another type is cast.
 *
 * Source: https://support.google.com/analytics/answer/7029846. `session_traffic_source_last_click` exists since July 2024,
 * `collected_traffic_source` since 2023; the sample of 2020 has neither.
 */
const VALUE = 'STRUCT(string_value VARCHAR, int_value BIGINT, float_value DOUBLE, double_value DOUBLE)'

export const EXPORT_COLUMNS = {
  event_date: 'VARCHAR',
  event_timestamp: 'BIGINT',
  event_name: 'VARCHAR',
  event_params: `STRUCT(key VARCHAR, value ${VALUE})[]`,
  event_value_in_usd: 'DOUBLE',
  user_pseudo_id: 'VARCHAR',
  privacy_info: 'STRUCT(analytics_storage VARCHAR)',
  device: 'STRUCT(category VARCHAR)',
  geo: 'STRUCT(country VARCHAR)',
  traffic_source: 'STRUCT(medium VARCHAR, source VARCHAR)',
  collected_traffic_source: 'STRUCT(manual_source VARCHAR, manual_medium VARCHAR)',
  session_traffic_source_last_click:
    'STRUCT(cross_channel_campaign STRUCT(source VARCHAR, medium VARCHAR, default_channel_group VARCHAR))',
  ecommerce: 'STRUCT(purchase_revenue DOUBLE, purchase_revenue_in_usd DOUBLE, transaction_id VARCHAR)',
} as const

/** Without these a file is no export. */
export const NEEDED_COLUMNS = ['event_date', 'event_timestamp', 'event_name', 'event_params'] as const
