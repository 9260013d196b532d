import type { Source } from '../sources/source.ts'
import { itemIds } from './items.ts'
import type { DestinationModule, GivenEvent } from './module.ts'
import { field, rows, rowsIn, textIn } from './native.ts'

/** What Microsoft calls the page on which an event of a shop happens. https://learn.microsoft.com/advertising, UET events */
const PAGES: { readonly [event: string]: string } = {
  view_item: 'product',
  view_item_list: 'category',
  search: 'searchresults',
  add_to_cart: 'cart',
  purchase: 'purchase',
}

const TABLE = { name: 'customParamName', value: 'customParamValue' }

/** Microsoft Advertising: Universal Event Tracking. An event's tag does not say the id: the base holds it, in the queue `uetq`. */
export const microsoft: DestinationModule<'microsoft'> = {
  title: 'Microsoft Ads',
  id: { pattern: /^\d{6,12}$/, example: '97000000' },
  says: 'a name',
  consent: ['ad_storage'],
  // With consent mode inherited from GTM it counts without cookies until the visitor agrees.
  adapts: true,
  inheritsConsent: ({ parameters }) => parameters.c_consentInheritGtm === true,
  oneAccount: true,
  names: {},
  options: ['loader'],
  carries: ['value', 'currency', 'items', 'transactionId', 'eventId'],
  userData: 'none',
  reads: ({ carried: { items } }) => (items === undefined ? [] : [itemIds(items)]),
  base: ({ id, plan }) => [
    {
      template: 'microsoft',
      values: {
        id,
        routes: plan.site.singlePageApp,
        inheritConsent: plan.consent.mode !== 'none',
      },
    },
  ],
  event: (given) => ({
    template: 'microsoft-event',
    values: {
      event: given.name,
      ...field('value', given.carried.value, given),
      ...field('currency', given.carried.currency, given),
      parameters: rows(ofCarried(given), given),
    },
  }),
  fromGtm: ({ type, parameters }) => {
    if (type !== 'baut') return undefined
    if (parameters.eventType === 'PAGE_LOAD') return { id: String(parameters.tagId ?? '') }
    return { event: String(parameters.customEventAction ?? parameters.eventAction ?? '') }
  },
  said: ({ parameters }) => ({
    ...textIn('value', parameters.goalValue),
    ...textIn('currency', parameters.p_currency),
    ...textIn('id', rowsIn(parameters.customParamTable, TABLE).parameters?.event_id),
    ...rowsIn(parameters.customParamTable, TABLE),
    ...('ecomm_prodid' in (rowsIn(parameters.customParamTable, TABLE).parameters ?? {})
      ? { items: true }
      : {}),
  }),
  unsaid: { baut: { uetqName: 'uetq' } },
  types: {
    baut: { title: 'Microsoft Advertising', words: 'a tag of Microsoft Ads' },
  },
  labels: {
    tagId: 'Microsoft Ads tag',
    uetqName: 'Queue',
    eventType: 'Tag for',
    customEventAction: 'Event',
    goalValue: 'Value',
    p_currency: 'Currency',
    c_enableAutoSpaTracking: 'Counts routes of a single-page app',
    c_consentInheritGtm: 'Takes consent from GTM',
    c_consentUpdates: 'Hears of later consent',
    c_storeConvTrackCookies: 'Keeps the click',
  },
  rows: {
    customParamTable: { label: 'Parameter', ...TABLE },
  },
  examples: [
    { kind: 'microsoft', event: 'purchase', send: true, name: 'purchase' },
    { kind: 'microsoft', event: 'generate_lead', send: 'lead', name: 'lead' },
  ],
}

function ofCarried({ carried: { items, transactionId, eventId }, conversion }: GivenEvent): {
  readonly [name: string]: Source | undefined
} {
  const page = PAGES[conversion.event ?? '']
  return {
    event_id: eventId,
    transaction_id: transactionId,
    ...(items === undefined ? {} : { ecomm_prodid: itemIds(items) }),
    ...(items === undefined || page === undefined
      ? {}
      : { ecomm_pagetype: { kind: 'literal', value: page } }),
  }
}
