import { itemsAs } from './items.ts'
import type { DestinationModule } from './module.ts'
import { ofGallery, rowsSaid, textFrom } from './of-gallery.ts'
import {
  eachItem,
  event,
  loader,
  onceAs,
  putCarried,
  putKnown,
  routes,
  saidBy,
  saidInScript,
  type NamesOfUserData,
} from './vendor-script.ts'

const KNOWN: NamesOfUserData = [
  ['email', 'email'],
  ['phone', 'phone_number'],
]

const CONTENTS = {
  content_id: 'item_id',
  content_name: 'item_name',
  price: 'price',
  quantity: 'quantity',
}

/**
 * TikTok. Its queue is an array whose methods wait in it, one for each pixel: a stub of another shape loads and sends
 * nothing. https://ads.tiktok.com/help/article/supported-standard-events
 */
export const tiktok: DestinationModule<'tiktok'> = {
  title: 'TikTok',
  // Letters and digits; digits alone are another vendor's.
  id: { pattern: /^(?=.*[A-Z])[A-Z0-9]{10,30}$/, example: 'CABC1234567890DEFGHI' },
  says: 'a name',
  consent: ['ad_storage'],
  adapts: false,
  names: {
    view_item: 'ViewContent',
    search: 'Search',
    add_to_wishlist: 'AddToWishlist',
    add_to_cart: 'AddToCart',
    begin_checkout: 'InitiateCheckout',
    add_payment_info: 'AddPaymentInfo',
    purchase: 'Purchase',
    generate_lead: 'SubmitForm',
    sign_up: 'CompleteRegistration',
    contact_click: 'Contact',
    book_appointment: 'Schedule',
    start_trial: 'StartTrial',
    subscribe: 'Subscribe',
    file_download: 'Download',
  },
  options: [],
  carries: ['value', 'currency', 'items', 'eventId'],
  userData: 'fields',
  takesThemOnce: true,
  takes: ['email', 'phone'],
  reads: () => [],
  base: (given) => [
    loader(
      'tiktok',
      given,
      'if(!w.ttq){w.TiktokAnalyticsObject="ttq";var t=w.ttq=[];',
      't.methods="page track identify instances debug on off once ready alias group enableCookie disableCookie holdConsent revokeConsent grantConsent".split(" ");',
      't.setAndDefer=function(to,name){to[name]=function(){to.push([name].concat([].slice.call(arguments)))}};',
      'var defer=function(to){for(var i=0;i<t.methods.length;i++)t.setAndDefer(to,t.methods[i]);return to};defer(t);',
      't.instance=function(of){return defer(t._i[of]||[])};',
      't.load=function(of,options){var src="https://analytics.tiktok.com/i18n/pixel/events.js";',
      't._i=t._i||{};t._i[of]=[];t._i[of]._u=src;t._t=t._t||{};t._t[of]=+new Date;t._o=t._o||{};t._o[of]=options||{};',
      'load(src+"?sdkid="+of+"&lib=ttq")}}',
      'w.ttq.load(id);var known={};',
      ...putKnown(given, KNOWN),
      'if(known.email||known.phone_number)w.ttq.instance(id).identify(known);w.ttq.instance(id).page();',
    ),
    ...routes('tiktok', given, 'if(w.ttq&&w.ttq.instance)w.ttq.instance(id).page();'),
  ],
  event: (given) =>
    event(
      'tiktok',
      given,
      'if(!w.ttq||!w.ttq.instance)return;',
      ...putCarried(given),
      ...eachItem(
        given.carried.items,
        'var contents=[];',
        'var one={content_id:item.item_id,quantity:item.quantity||1};put(one,"content_name",item.item_name);put(one,"price",item.price);contents.push(one)',
        'if(contents.length){said.content_type="product";said.contents=contents}',
        given.textOf,
      ),
      'var same={};',
      // https://business-api.tiktok.com/portal/docs: event and event_id together count once.
      ...onceAs('event_id', 'same', given.carried.eventId, given.textOf),
      'w.ttq.instance(id).track(name,said,same);',
    ),
  fromGtm: saidBy('tiktok'),
  said: (spec) => saidInScript(spec, KNOWN),
  types: {},
  labels: { pixel_code: 'TikTok pixel', event: 'Event', event_id: 'Event id' },
  rows: { custom_properties: { label: 'Parameter', name: 'key', value: 'value' } },
  // It asks for the pixel to be there, so that stays ours; and it knows a purchase by its name before 2025 (template.tpl at d019051).
  gallery: {
    owner: 'tiktok',
    repository: 'gtm-template-pixel',
    bytes: 20_000,
    reads: ({ carried: { items } }) => (items === undefined ? [] : [itemsAs(items, CONTENTS)]),
    event: (given) => {
      const { value, currency, items, eventId } = given.carried
      return ofGallery({
        flags: { enhance_ecomm: false },
        texts: {
          pixel_code: given.id,
          event: given.name === 'Purchase' ? 'CompletePayment' : given.name,
          single_multi_product: items === undefined ? 'empty' : 'multiple',
          contents: textFrom(items && itemsAs(items, CONTENTS), given),
          value: textFrom(value, given),
          currency: textFrom(currency, given),
          event_id: textFrom(eventId, given),
        },
        tables: {
          custom_properties: {
            name: 'key',
            value: 'value',
            rows: rowsSaid(given),
          },
        },
      })
    },
    fromGtm: ({ pixel_code, event }) =>
      pixel_code === undefined ? undefined : { id: String(pixel_code), event: String(event ?? '') },
  },
  examples: [
    { kind: 'tiktok', event: 'generate_lead', send: true, name: 'SubmitForm' },
    { kind: 'tiktok', event: 'size_guide', send: 'SizeGuide', name: 'SizeGuide' },
  ],
}
