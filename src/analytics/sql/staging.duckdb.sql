-- ev: the rows of the export as flat events, on DuckDB.
-- in:  source (the export's columns; absent ones are null)
-- out: one row an event of the export, copies included. day: days since 1970 in the property's time zone; ts: microseconds, UTC.
SELECT
  CAST(epoch(TRY_STRPTIME(event_date, '%Y%m%d')) / 86400 AS INT64) AS day,
  event_timestamp AS ts,
  event_name AS name,
  user_pseudo_id AS user_key,
  user_pseudo_id || '.' || COALESCE(
    list_filter(event_params, lambda p: p.key = 'ga_session_id')[1].value.int_value::VARCHAR,
    list_filter(event_params, lambda p: p.key = 'ga_session_id')[1].value.string_value
  ) AS session_key,
  list_filter(event_params, lambda p: p.key = 'ga_session_number')[1].value.int_value AS session_number,
  device.category AS device,
  geo.country AS country,
  list_filter(event_params, lambda p: p.key = 'market')[1].value.string_value AS market,
  session_traffic_source_last_click.cross_channel_campaign.default_channel_group AS channel_group,
  session_traffic_source_last_click.cross_channel_campaign.source || ' / '
    || session_traffic_source_last_click.cross_channel_campaign.medium AS session_traffic,
  collected_traffic_source.manual_source || ' / ' || collected_traffic_source.manual_medium AS collected_traffic,
  traffic_source.source || ' / ' || traffic_source.medium AS first_user_traffic,
  privacy_info.analytics_storage AS analytics_storage
FROM source
