-- se: the sessions of the export.
-- in:  ev
-- out: one row a session (user and session id together); events without either are in no session. day: that of its first event.
--      market: the first that an event carries, else the visitor's country.
--      channel: what the export says, else Google's default rules on source and medium, the session's before the user's first.
WITH gathered AS (
  SELECT
    session_key,
    MIN(user_key) AS user_key,
    MIN(day) AS day,
    MIN(ts) AS ts,
    COUNT(*) AS events,
    MAX(CASE WHEN name = 'session_start' THEN 1 ELSE 0 END) AS started,
    MIN(session_number) AS session_number,
    MIN(device) AS device,
    COALESCE(
      SUBSTR(MIN(CASE WHEN market IS NOT NULL THEN CONCAT(LPAD(CAST(ts AS STRING), 20, '0'), market) END), 21),
      MIN(country)
    ) AS market,
    MIN(channel_group) AS channel_group,
    COALESCE(
      MIN(session_traffic),
      SUBSTR(MIN(CASE WHEN collected_traffic IS NOT NULL
        THEN CONCAT(LPAD(CAST(ts AS STRING), 20, '0'), collected_traffic) END), 21),
      MIN(first_user_traffic)
    ) AS traffic
  FROM ev
  WHERE session_key IS NOT NULL
  GROUP BY session_key
)
SELECT
  session_key,
  user_key,
  day,
  ts,
  events,
  started,
  COALESCE(device, '(not set)') AS device,
  COALESCE(market, '(not set)') AS market,
  COALESCE(traffic, '(not set)') AS traffic,
  CASE
    WHEN session_number = 1 THEN 'new visitors'
    WHEN session_number > 1 THEN 'returning visitors'
    ELSE '(not set)'
  END AS segment,
  CASE
    WHEN channel_group IS NOT NULL THEN channel_group
    WHEN traffic IS NULL OR traffic = '(not set) / (not set)' THEN 'Unassigned'
    WHEN REGEXP_CONTAINS(traffic, '^[(]direct[)] / ([(]none[)]|[(]not set[)])$') THEN 'Direct'
    WHEN REGEXP_CONTAINS(traffic, '^(google|bing|yahoo|duckduckgo|baidu|yandex|ecosia)[^/]* / .*(cp|ppc|retargeting|paid)')
      THEN 'Paid Search'
    WHEN REGEXP_CONTAINS(traffic, '^(facebook|fb|instagram|ig|tiktok|linkedin|twitter|x|snapchat|pinterest|youtube)[^/]* / .*(cp|ppc|retargeting|paid)')
      THEN 'Paid Social'
    WHEN REGEXP_CONTAINS(traffic, ' / (display|banner|expandable|interstitial|cpm)$') THEN 'Display'
    WHEN REGEXP_CONTAINS(traffic, ' / .*(cp|ppc|retargeting|paid)') THEN 'Paid Other'
    WHEN REGEXP_CONTAINS(traffic, ' / organic$') THEN 'Organic Search'
    WHEN REGEXP_CONTAINS(traffic, '^(facebook|fb|instagram|ig|tiktok|linkedin|twitter|t[.]co|snapchat|pinterest)[^/]* / | / (social|social-network|social-media|sm|social network|social media)$')
      THEN 'Organic Social'
    WHEN REGEXP_CONTAINS(traffic, '^(email|e-mail|e_mail|e mail) / | / (email|e-mail|e_mail|e mail)$') THEN 'Email'
    WHEN REGEXP_CONTAINS(traffic, ' / affiliate$') THEN 'Affiliates'
    WHEN REGEXP_CONTAINS(traffic, ' / (referral|app|link)$') THEN 'Referral'
    WHEN REGEXP_CONTAINS(traffic, ' / sms$|^sms / ') THEN 'SMS'
    WHEN REGEXP_CONTAINS(traffic, ' / .*(push|mobile|notification)') THEN 'Mobile Push Notifications'
    ELSE 'Unassigned'
  END AS channel
FROM gathered
