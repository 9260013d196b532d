import { itemIds, itemsAs } from './items.ts'
import type { DestinationModule, Given } from './module.ts'
import { ofGallery, rowsSaid, textFrom } from './of-gallery.ts'
import {
  eachItem,
  event,
  loader,
  onceAs,
  putCarried,
  putKnown,
  saidBy,
  saidInScript,
  type NamesOfUserData,
} from './vendor-script.ts'

/** Any other name is a custom event: https://developers.facebook.com/docs/meta-pixel/reference */
const STANDARD = new Set(
  `AddPaymentInfo AddToCart AddToWishlist CompleteRegistration Contact CustomizeProduct Donate FindLocation InitiateCheckout
   Lead PageView Purchase Schedule Search StartTrial SubmitApplication Subscribe ViewContent`.split(/\s+/),
)

/** What Meta's own script hashes: https://developers.facebook.com/docs/meta-pixel/advanced/advanced-matching */
const MATCHING: NamesOfUserData = [
  ['email', 'em'],
  ['phone', 'ph'],
  ['firstName', 'fn'],
  ['lastName', 'ln'],
  ['city', 'ct'],
  ['region', 'st'],
  ['postalCode', 'zp'],
  ['country', 'country'],
]

const TABLE = { name: 'name', value: 'value' }
const CONTENTS = { id: 'item_id', quantity: 'quantity' }

/** What every tag of the template says; all of its switches stood in 16 of 16 tags seen. */
function ofTemplate({ id, userData }: Given, name: string) {
  const isStandard = STANDARD.has(name)
  return {
    texts: {
      pixelId: id,
      eventName: isStandard ? 'standard' : 'custom',
      [isStandard ? 'standardEventName' : 'customEventName']: name,
    },
    flags: {
      enhancedEcommerce: false,
      consent: true,
      advancedMatching: isStandard && name === 'PageView' && userData !== undefined,
      objectPropertiesFromVariable: false,
      disableAutoConfig: false,
      disablePushState: false,
      dpoLDU: false,
    },
  }
}

/** Meta. Each call names its pixel: another pixel on the page is not told what is meant for this one. */
export const meta: DestinationModule<'meta'> = {
  title: 'Meta',
  id: { pattern: /^\d{10,20}$/, example: '1234567890' },
  says: 'a name',
  consent: ['ad_storage'],
  adapts: false,
  names: {
    page_view: 'PageView',
    view_item: 'ViewContent',
    search: 'Search',
    add_to_wishlist: 'AddToWishlist',
    add_to_cart: 'AddToCart',
    begin_checkout: 'InitiateCheckout',
    add_payment_info: 'AddPaymentInfo',
    purchase: 'Purchase',
    generate_lead: 'Lead',
    sign_up: 'CompleteRegistration',
    contact_click: 'Contact',
    book_appointment: 'Schedule',
    start_trial: 'StartTrial',
    subscribe: 'Subscribe',
  },
  options: [],
  carries: ['value', 'currency', 'items', 'eventId'],
  userData: 'fields',
  takesThemOnce: true,
  takes: MATCHING.map(([field]) => field),
  reads: () => [],
  base: (given) => [
    loader(
      'meta',
      given,
      // The queue of Meta's own snippet. Its script counts the routes of a single-page app by itself.
      'if(!w.fbq){var f=w.fbq=function(){f.callMethod?f.callMethod.apply(f,arguments):f.queue.push(arguments)};',
      'w._fbq=w._fbq||f;f.push=f;f.loaded=true;f.version="2.0";f.queue=[];',
      'load("https://connect.facebook.net/en_US/fbevents.js")}',
      'var known={};',
      ...putKnown(given, MATCHING),
      'w.fbq("init",id,known);w.fbq("trackSingle",id,"PageView");',
    ),
  ],
  event: (given) =>
    event(
      'meta',
      given,
      'if(!w.fbq)return;',
      ...putCarried(given),
      ...eachItem(
        given.carried.items,
        'var contents=[],ids=[];',
        'ids.push(item.item_id);contents.push({id:item.item_id,quantity:item.quantity||1})',
        'if(ids.length){said.content_type="product";said.content_ids=ids;said.contents=contents}',
        given.textOf,
      ),
      'var same={};',
      // https://developers.facebook.com/docs/marketing-api/conversions-api/deduplicate-pixel-and-server-events
      ...onceAs('eventID', 'same', given.carried.eventId, given.textOf),
      `w.fbq("${STANDARD.has(given.name) ? 'trackSingle' : 'trackSingleCustom'}",id,name,said,same);`,
    ),
  fromGtm: saidBy('meta'),
  said: (spec) => saidInScript(spec, MATCHING),
  types: {},
  labels: {
    pixelId: 'Meta pixel',
    standardEventName: 'Event',
    customEventName: 'Event',
    eventId: 'Event id',
  },
  rows: {
    objectPropertyList: { label: 'Parameter', ...TABLE },
    advancedMatchingList: { label: 'User data', ...TABLE },
  },
  // Each of its tags loads the pixel and starts it once (template.tpl at 6603e2c).
  gallery: {
    owner: 'facebookarchive',
    repository: 'GoogleTagManager-WebTemplate-For-FacebookPixel',
    bytes: 8_500,
    reads: ({ carried: { items } }) =>
      items === undefined ? [] : [itemsAs(items, CONTENTS), itemIds(items)],
    base: (given) => [
      ofGallery({
        ...ofTemplate(given, 'PageView'),
        tables: {
          advancedMatchingList: {
            ...TABLE,
            rows: MATCHING.map(([field, name]) => [
              name === 'country' ? 'cn' : name,
              textFrom(given.userData?.fields[field], given),
            ]),
          },
        },
      }),
    ],
    event: (given) => {
      const { value, currency, items, eventId } = given.carried
      const { texts, flags } = ofTemplate(given, given.name)
      return ofGallery({
        flags,
        texts: { ...texts, eventId: textFrom(eventId, given) },
        tables: {
          objectPropertyList: {
            ...TABLE,
            rows: [
              ['value', textFrom(value, given)],
              ['currency', textFrom(currency, given)],
              ['content_type', items && 'product'],
              ['content_ids', textFrom(items && itemIds(items), given)],
              ['contents', textFrom(items && itemsAs(items, CONTENTS), given)],
              ...rowsSaid(given),
            ],
          },
        },
      })
    },
    fromGtm: ({ pixelId, standardEventName, customEventName }) => {
      if (pixelId === undefined) return undefined
      const event = String(standardEventName ?? customEventName ?? '')
      return { id: String(pixelId), ...(event === 'PageView' ? {} : { event }) }
    },
  },
  examples: [
    { kind: 'meta', event: 'purchase', send: true, name: 'Purchase' },
    { kind: 'meta', event: 'size_guide', send: 'SizeGuide', name: 'SizeGuide' },
  ],
}
