import { itemsAs } from './items.ts'
import type { DestinationModule } from './module.ts'
import { field, textIn } from './native.ts'

/** As in every real container that sends items: https://support.google.com/google-ads/answer/9028254 */
const ITEMS = { id: 'item_id', price: 'price', quantity: 'quantity' }

/** As in Google's published gtm.js: `!h.hasOwnProperty("vtp_enableConversionLinker")||h.vtp_enableConversionLinker`. */
const LINKED = { enableConversionLinker: true, conversionCookiePrefix: '_gcl' }

/**
 * Google Ads: a conversion has a label of its own; the linker keeps the click's id, once for all accounts. Where the visitor's own
 * data go along, the conversion carries them; alone they go in a tag of their own, for conversions that are imported later.
 * https://support.google.com/tagmanager/answer/6105160
 */
export const googleAds: DestinationModule<'googleAds'> = {
  title: 'Google Ads',
  id: { pattern: /^AW-\d{8,12}$/, example: 'AW-123456789' },
  // GTM asks for the number of the account without its prefix.
  idInTags: (id) => id.replace(/^AW-/, ''),
  // A word or a number alone is another vendor's.
  says: { pattern: /^(?=.*[A-Z])[\w-]{8,40}$/, example: 'AbC-D_efG-h12_34-567' },
  consent: ['ad_storage'],
  adapts: true,
  names: {},
  options: ['remarketing', 'loader'],
  carries: ['value', 'currency', 'items', 'transactionId', 'eventId'],
  // What the whole order was reduced by; GTM has a place for it beside the items: https://support.google.com/google-ads/answer/14943675
  parameters: ['discount'],
  oneId: true,
  counts: 'primary',
  userData: 'variable',
  reads: ({ carried: { items }, nameFrom }) => [
    ...(items === undefined ? [] : [itemsAs(items, ITEMS)]),
    ...(nameFrom === undefined ? [] : [nameFrom]),
  ],
  namesByMarket: true,
  base: ({ id, options }) => [
    ...(options.loader === 'existing'
      ? []
      : [
          {
            template: 'google-ads-linker',
            part: 'linker',
            on: 'initialization',
            shared: true,
            values: {},
          } as const,
        ]),
    ...(options.remarketing === true
      ? [{ template: 'google-ads-remarketing', part: 'remarketing', values: { id } }]
      : []),
  ],
  event: (given) => {
    const { name, id, carried, userData } = given
    if (name === '' && userData !== undefined)
      return { template: 'google-ads-user-data', values: { id, userData: userData.variable } }
    return {
      template: 'google-ads',
      values: {
        id,
        label: given.nameFrom === undefined ? name : given.textOf(given.nameFrom),
        ...field('value', carried.value, given),
        ...field('currency', carried.currency, given),
        // By it the same order of one action counts once: https://support.google.com/google-ads/answer/6386790
        ...field('orderId', carried.transactionId ?? carried.eventId, given),
        ...field('items', carried.items && itemsAs(carried.items, ITEMS), given),
        ...field('discount', given.parameters.find(({ name }) => name === 'discount')?.source, given),
        ...(userData === undefined ? {} : { userData: userData.variable }),
      },
    }
  },
  fromGtm: ({ type, parameters }) => {
    const id = `AW-${String(parameters.conversionId ?? '')}`
    if (type === 'awct') return { id, event: String(parameters.conversionLabel ?? '') }
    if (type === 'awud') return { id, event: 'user data' }
    if (type === 'gclidw') return { part: 'linker' }
    return type === 'sp' ? { id, part: 'remarketing' } : undefined
  },
  said: ({ type, parameters }) => ({
    ...(type === 'awud' ? { alone: true } : {}),
    ...(parameters.enableProductReporting === true ? { items: true } : {}),
    ...textIn('value', parameters.conversionValue),
    ...textIn('currency', parameters.currencyCode),
    ...textIn('id', parameters.orderId),
    ...(typeof parameters.discount === 'string' && parameters.discount !== ''
      ? { parameters: { discount: parameters.discount } }
      : {}),
    ...textIn('userData', parameters.cssProvidedEnhancedConversionValue ?? parameters.userDataVariable),
  }),
  unsaid: { awct: LINKED, sp: { ...LINKED, customParamsFormat: 'NONE' }, awud: LINKED },
  types: {
    awct: { title: 'Google Ads conversion', words: 'a Google Ads conversion' },
    sp: { title: 'Google Ads remarketing', words: 'Google Ads remarketing' },
    gclidw: { title: 'Conversion Linker', words: 'a conversion linker' },
    awud: { title: 'Google Ads user-provided data', words: 'Google Ads user data' },
  },
  labels: {
    conversionId: 'Google Ads account',
    conversionLabel: 'Label',
    conversionValue: 'Value',
    currencyCode: 'Currency',
    orderId: 'Order id',
    items: 'Items',
    discount: 'Discount',
    cssProvidedEnhancedConversionValue: 'User data',
    userDataVariable: 'User data',
    productReportingDataSource: 'Items come as',
    enableProductReporting: 'With items',
    enableEnhancedConversion: 'With user data',
    enableConversionLinker: 'Keeps the click',
    conversionCookiePrefix: 'Cookie prefix',
    customParamsFormat: 'Parameters',
  },
  rows: {},
  examples: [
    {
      kind: 'googleAds',
      event: 'generate_lead',
      send: 'AbC-D_efG-h12_34-567',
      name: 'AbC-D_efG-h12_34-567',
    },
  ],
}
