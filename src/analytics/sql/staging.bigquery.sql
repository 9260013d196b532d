-- ev: the rows of the export as flat events, on BigQuery.
-- in:  source (the export's columns; absent ones are null)
-- out: one row an event of the export, copies included. day: days since 1970 in the property's time zone; ts: microseconds, UTC.
SELECT
  UNIX_DATE(SAFE.PARSE_DATE('%Y%m%d', event_date)) AS day,
  event_timestamp AS ts,
  event_name AS name,
  user_pseudo_id AS user_key,
  CONCAT(user_pseudo_id, '.', (
    SELECT COALESCE(CAST(p.value.int_value AS STRING), p.value.string_value)
    FROM UNNEST(event_params) AS p WHERE p.key = 'ga_session_id' LIMIT 1
  )) AS session_key,
  (SELECT p.value.int_value FROM UNNEST(event_params) AS p WHERE p.key = 'ga_session_number' LIMIT 1) AS session_number,
  device.category AS device,
  geo.country AS country,
  (SELECT p.value.string_value FROM UNNEST(event_params) AS p WHERE p.key = 'market' LIMIT 1) AS market,
  session_traffic_source_last_click.cross_channel_campaign.default_channel_group AS channel_group,
  CONCAT(
    session_traffic_source_last_click.cross_channel_campaign.source, ' / ',
    session_traffic_source_last_click.cross_channel_campaign.medium
  ) AS session_traffic,
  CONCAT(collected_traffic_source.manual_source, ' / ', collected_traffic_source.manual_medium) AS collected_traffic,
  CONCAT(traffic_source.source, ' / ', traffic_source.medium) AS first_user_traffic,
  CAST(privacy_info.analytics_storage AS STRING) AS analytics_storage
FROM source
