import { pointerOf } from '../plan/diagnostic.ts'
import { ga4Key, textOf, type Ga4Module } from './kind.ts'
import { UNOWNED } from './unowned.ts'

/**
 * That a Google Ads account hears of the property: without it there is neither import nor remarketing. Whoever makes it needs
 * rights in both.
 * https://support.google.com/analytics/answer/9379420
 */
export const googleAdsLink: Ga4Module<'ga4/google-ads-link'> = {
  ...UNOWNED,
  title: 'Google Ads link',
  titles: 'Google Ads links',
  compile: (plan) =>
    Object.entries(plan.property.googleAds ?? {}).map(([id, { personalization }]) => {
      const customerId = id.replaceAll('-', '')
      return {
        kind: 'ga4/google-ads-link',
        key: ga4Key(plan, customerId, 'google-ads-link'),
        name: customerId,
        spec: {
          customerId,
          ...(personalization === undefined ? {} : { adsPersonalizationEnabled: personalization }),
        },
        notes: '',
        origin: pointerOf('property', 'googleAds', id),
      }
    }),
  at: 'property',
  collection: 'googleAdsLinks',
  isAsked: ({ property }) => property.googleAds !== undefined,
  facet: 'google-ads-link',
  fixed: ['customerId'],
  identity: ({ spec }) => spec.customerId,
  nameOf: ({ customerId }) => customerId,
  idOf: ({ customerId }) => customerId,
  fromWire: (sent) => ({
    customerId: textOf(sent.customerId),
    adsPersonalizationEnabled: sent.adsPersonalizationEnabled === true,
  }),
  toWire: (spec) => ({ ...spec }),
  words: ({ spec: { customerId, adsPersonalizationEnabled: isOn } }) => [
    ['Google Ads account', customerId.replace(/^(\d{3})(\d{3})(\d{4})$/, '$1-$2-$3')],
    ...(isOn === undefined ? [] : [['Personalised ads', isOn ? 'allowed' : 'not allowed'] as const]),
  ],
}
