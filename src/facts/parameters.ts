/** GA4's parameter names, as data. */

/** https://developers.google.com/analytics/devguides/collection/ga4/reference/events (items) */
export const ITEM_PARAMETERS: ReadonlySet<string> = new Set(
  (
    'item_id item_name affiliation coupon creative_name creative_slot discount index item_brand item_category ' +
    'item_category2 item_category3 item_category4 item_category5 item_list_id item_list_name item_variant location_id ' +
    'price promotion_id promotion_name quantity google_business_vertical'
  ).split(' '),
)

/** GA4 has a dimension or metric for these already. https://support.google.com/analytics/answer/9216061 and the Data API's schema. */
export const PREDEFINED_PARAMETERS: ReadonlySet<string> = new Set(
  (
    'page_location page_path page_title page_referrer language screen_resolution search_term link_url link_domain link_id ' +
    'link_classes link_text outbound file_name file_extension percent_scrolled video_title video_url video_provider ' +
    'video_percent content_type content_id content_group method group_id level character coupon transaction_id value ' +
    'shipping tax virtual_currency_name source medium campaign'
  ).split(' '),
)

/** GA4 refuses to register these. https://support.google.com/analytics/answer/13316687 */
export const NOT_REGISTRABLE: ReadonlySet<string> = new Set(
  'cid currency customer_id customerid dclid gclid session_id sessionid sfmc_id sid srsltid uid user_id userid'.split(
    ' ',
  ),
)

/** GA4 refuses user properties of these names. https://support.google.com/analytics/answer/13316687 */
export const RESERVED_USER_PROPERTIES: ReadonlySet<string> = new Set(
  (
    'cid customer_id customerid first_open_after_install first_open_time first_visit_time ' +
    'google_allow_ad_personalization_signals last_advertising_id_reset last_deep_link_referrer last_gclid ' +
    'lifetime_user_engagement non_personalized_ads session_id session_number sessionid sfmc_id sid uid user_id userid'
  ).split(' '),
)

/** Numbers in Google's reference: as text they cannot be added up. */
export const NUMBER_PARAMETERS: ReadonlySet<string> = new Set(
  'value tax shipping discount price quantity index percent_scrolled video_percent video_duration video_current_time level score'.split(
    ' ',
  ),
)

/** Sent with every event by GA4 itself. https://support.google.com/analytics/answer/9234069 */
export const COLLECTED_WITH_EVERY_EVENT: ReadonlySet<string> = new Set(
  'language page_location page_referrer page_title screen_resolution'.split(' '),
)

/** Words in a name that stand for data about a person. https://support.google.com/analytics/answer/6366371 */
const PERSONAL_WORDS: ReadonlySet<string> = new Set(
  (
    'email mail emailaddress phone telephone tel mobile msisdn firstname lastname fullname surname forename username ' +
    'address street postcode zip zipcode dob birthday birthdate iban bic card cardnumber creditcard cvv cvc ssn passport ' +
    'nationalid taxid ip ipaddress latitude longitude lat lng password'
  ).split(' '),
)

/** Names that mean another thing although a personal word stands in them. */
const HARMLESS =
  /^(email_(type|id|campaign|subject_id|name|template)|mail_type|mobile_(app|menu|os|view)|phone_(type|model)|card_(type|brand|position|id|index)|tel_click|address_(type|step|country)|zip_(file|entered)|ip_country)$/

/** The personal word in a name such as `customer_email`, `userEmail` or `first_name`. */
export function personalWordIn(name: string): string | undefined {
  const words = name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '')
  if (HARMLESS.test(words.join('_'))) return undefined
  const pairs = words.slice(1).map((word, index) => `${words[index] ?? ''}${word}`)
  return [...pairs, ...words].find((word) => PERSONAL_WORDS.has(word))
}

/** Letters, digits and underscores (EVENTS_PAGE in limits.ts); other names are for what stands before GA4, a server container. */
export function isNameOfGa4(name: string): boolean {
  return /^[A-Za-z0-9_]+$/.test(name)
}
