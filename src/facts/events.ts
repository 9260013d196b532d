/** GA4's event names, as data. */

/**
 * Recommended events for the web and what each must carry.
 * https://developers.google.com/analytics/devguides/collection/ga4/reference/events
 */
export interface RecommendedEvent {
  readonly name: string
  /** Parameters without which it means little. Those of the ecommerce object come with `ecommerce: true`. */
  readonly required: readonly string[]
  /** It carries items, so that it wants the data layer's ecommerce object. */
  readonly items: boolean
  /** Names that people give to the same thing. */
  readonly otherNames: readonly string[]
}

function event(
  name: string,
  required: readonly string[],
  items: boolean,
  ...otherNames: string[]
): RecommendedEvent {
  return { name, required, items, otherNames }
}

export const RECOMMENDED_EVENTS: readonly RecommendedEvent[] = [
  event('view_item_list', ['items'], true, 'product_list_view', 'view_product_list', 'category_view'),
  event('select_item', ['items'], true, 'product_click', 'click_product', 'item_click'),
  event(
    'view_item',
    ['items', 'currency', 'value'],
    true,
    'product_view',
    'view_product',
    'product_detail_view',
    'item_view',
  ),
  event(
    'add_to_wishlist',
    ['items', 'currency', 'value'],
    true,
    'wishlist_add',
    'favorite_add',
    'add_to_favorites',
    'add_to_favourites',
  ),
  event(
    'add_to_cart',
    ['items', 'currency', 'value'],
    true,
    'cart_add',
    'add_cart',
    'addtobasket',
    'add_to_basket',
    'product_added',
  ),
  event(
    'remove_from_cart',
    ['items', 'currency', 'value'],
    true,
    'cart_remove',
    'remove_cart',
    'product_removed',
  ),
  event('view_cart', ['items', 'currency', 'value'], true, 'cart_view', 'cart_viewed', 'basket_view'),
  event(
    'begin_checkout',
    ['items', 'currency', 'value'],
    true,
    'checkout_start',
    'start_checkout',
    'checkout_begin',
    'initiate_checkout',
    'checkout_started',
  ),
  event(
    'add_shipping_info',
    ['items', 'currency', 'value'],
    true,
    'shipping_info',
    'shipping_added',
    'add_shipping',
  ),
  event(
    'add_payment_info',
    ['items', 'currency', 'value'],
    true,
    'payment_info',
    'payment_added',
    'add_payment',
  ),
  event(
    'purchase',
    ['items', 'currency', 'value', 'transaction_id'],
    true,
    'order_complete',
    'order_completed',
    'order',
    'transaction',
    'purchase_complete',
    'checkout_complete',
    'sale',
  ),
  event('refund', ['currency', 'value', 'transaction_id'], true, 'order_refund', 'refunded'),
  event('view_promotion', ['items'], true, 'promotion_view', 'promo_view', 'banner_view'),
  event('select_promotion', [], true, 'promotion_click', 'promo_click', 'banner_click'),
  event(
    'generate_lead',
    ['currency', 'value'],
    false,
    'lead',
    'lead_generated',
    'new_lead',
    'submit_lead',
    'lead_submit',
    'lead_form_submit',
  ),
  event('qualify_lead', ['currency', 'value'], false, 'lead_qualified', 'qualified_lead'),
  event('disqualify_lead', ['currency', 'value'], false, 'lead_disqualified'),
  event('working_lead', ['currency', 'value'], false, 'lead_working', 'lead_contacted'),
  event('close_convert_lead', ['currency', 'value'], false, 'lead_won', 'deal_won', 'lead_closed'),
  event('close_unconvert_lead', ['currency', 'value'], false, 'lead_lost', 'deal_lost'),
  event(
    'sign_up',
    [],
    false,
    'register',
    'registration',
    'account_created',
    'create_account',
    'user_registered',
    'account_registration',
  ),
  event('login', [], false, 'log_in', 'sign_in', 'user_login'),
  event('search', ['search_term'], false, 'site_search', 'internal_search', 'searched'),
  event('select_content', [], false, 'content_select', 'content_selected'),
  event('share', [], false, 'social_share', 'content_share', 'shared'),
  event('join_group', [], false, 'group_join'),
  event('tutorial_begin', [], false, 'onboarding_start', 'tutorial_start', 'onboarding_begin'),
  event(
    'tutorial_complete',
    [],
    false,
    'onboarding_complete',
    'tutorial_finish',
    'onboarding_finish',
    'onboarding_completed',
  ),
]

/**
 * The events with which GTM's GA4 tag sends the data layer's ecommerce object; with any other name it drops items, value
 * and currency, with a line in the console.
 * https://developers.google.com/analytics/devguides/collection/ga4/ecommerce
 */
export const ECOMMERCE_EVENTS: readonly string[] = [
  'add_payment_info',
  'add_shipping_info',
  'add_to_cart',
  'add_to_wishlist',
  'begin_checkout',
  'purchase',
  'refund',
  'remove_from_cart',
  'select_item',
  'select_promotion',
  'view_cart',
  'view_item',
  'view_item_list',
  'view_promotion',
]

/**
 * Never to be sent by hand: GA4 or an app stream sends them.
 * https://support.google.com/analytics/answer/13316687
 * https://developers.google.com/analytics/devguides/collection/protocol/ga4/reference
 */
export const RESERVED_EVENTS: ReadonlySet<string> = new Set(
  (
    'ad_activeview ad_click ad_exposure ad_impression ad_query ad_reward adunit_exposure app_background app_clear_data ' +
    'app_exception app_install app_remove app_store_refund app_store_subscription_cancel app_store_subscription_convert ' +
    'app_store_subscription_renew app_update app_upgrade dynamic_link_app_open dynamic_link_app_update ' +
    'dynamic_link_first_open error firebase_campaign firebase_in_app_message_action firebase_in_app_message_dismiss ' +
    'firebase_in_app_message_impression first_open first_visit in_app_purchase notification_dismiss ' +
    'notification_foreground notification_open notification_receive notification_send os_update session_start ' +
    'session_start_with_rollout user_engagement'
  ).split(' '),
)

/** https://support.google.com/analytics/answer/13316687 */
export const RESERVED_PREFIXES: readonly string[] = ['_', 'firebase_', 'ga_', 'google_', 'gtag.']

/** Events that GA4 sends by itself on every visit: as key events they make every session a converted one. */
export const AUTOMATIC_EVENTS: ReadonlySet<string> = new Set([
  'page_view',
  'session_start',
  'first_visit',
  'user_engagement',
])

export type Toggle = 'scrolls' | 'outboundClicks' | 'siteSearch' | 'videos' | 'fileDownloads' | 'forms'

/** Which switch of enhanced measurement sends which event. https://support.google.com/analytics/answer/9216061 */
export const ENHANCED_EVENTS: ReadonlyMap<string, Toggle> = new Map([
  ['scroll', 'scrolls'],
  ['click', 'outboundClicks'],
  ['view_search_results', 'siteSearch'],
  ['video_start', 'videos'],
  ['video_progress', 'videos'],
  ['video_complete', 'videos'],
  ['file_download', 'fileDownloads'],
  ['form_start', 'forms'],
  ['form_submit', 'forms'],
])

/** What the switches are called in GA4's data stream settings. */
export const TOGGLE_WORDS: { readonly [toggle in Toggle]: string } = {
  scrolls: 'Scrolls',
  outboundClicks: 'Outbound clicks',
  siteSearch: 'Site search',
  videos: 'Video engagement',
  fileDownloads: 'File downloads',
  forms: 'Form interactions',
}

/** File types that GA4 counts as downloads. https://support.google.com/analytics/answer/9216061 */
export const DOWNLOAD_TYPES: readonly string[] =
  'pdf xls xlsx doc docx txt rtf csv exe key pps ppt pptx 7z pkg rar gz zip avi mov mp4 mpe mpeg wmv mid midi mp3 wav wma'.split(
    ' ',
  )
