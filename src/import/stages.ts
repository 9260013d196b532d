/**
 * Where an event stands in the funnel, and what is a goal, by Google's recommended names and those of the catalogue
 * (GA4-GTM.md, section 3). What is not known stands in a stage that says so.
 */
import type { Goal } from '../plan/plan-types.ts'

/** In the order of the funnel. */
export const STAGES = {
  awareness: 'Awareness',
  consideration: 'Consideration',
  decision: 'Decision',
  retention: 'After the goal',
  unplaced: 'Not placed yet',
} as const

export type StageId = keyof typeof STAGES

const AWARENESS = `page_view scroll scroll_depth video_start video_progress video_complete video_pause view_promotion
  select_promotion share social_follow newsletter_signup content_engaged select_content category_navigation
  experiment section_view time_on_page`
const CONSIDERATION = `view_item_list select_item view_item search view_search_results filter_apply file_download
  content_download view_pricing return_pricing_view product_compare check_availability calculator_complete
  view_case_study add_to_wishlist bookmark_add click cta_click form_begin form_start chat_start`
const DECISION = `add_to_cart remove_from_cart view_cart coupon_apply begin_checkout add_contact_info add_address_info
  add_shipping_info add_payment_info payment_method_saved form_success form_submit form_error contact_click
  whatsapp_click phone_click email_click booking_start trial_start`
const RETENTION = `login refund tutorial_begin tutorial_complete onboarding_step feature_used plan_upgrade
  subscription_cancel join_group level_up unlock_achievement`

const PLACES: ReadonlyMap<string, StageId> = new Map(
  (
    [
      ['awareness', AWARENESS],
      ['consideration', CONSIDERATION],
      ['decision', DECISION],
      ['retention', RETENTION],
    ] as const
  ).flatMap(([stage, names]) => names.split(/\s+/).map((name) => [name, stage] as const)),
)

export function stageOf(event: string): StageId {
  return PLACES.get(event) ?? 'unplaced'
}

/** Events that are a business outcome by their name, the most telling first. */
export const GOAL_EVENTS: ReadonlyMap<string, Goal['outcome'] | undefined> = new Map([
  ['purchase', 'revenue'],
  ['subscribe', 'subscription'],
  ['generate_lead', 'lead'],
  ['book_appointment', 'lead'],
  ['sign_up', undefined],
  ['donate', 'revenue'],
  ['qualify_lead', 'pipeline'],
  ['close_convert_lead', 'revenue'],
])

/** How close an event is to the end of the funnel, for choosing a goal where none is known. */
export function nearness(event: string): number {
  return Object.keys(STAGES).indexOf(stageOf(event)) % (Object.keys(STAGES).length - 1)
}
