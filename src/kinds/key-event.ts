import { textOf, type Ga4Module } from './kind.ts'

/** Key events have no notes and no description: nothing on them says whose they are. */
export const keyEvent: Ga4Module<'ga4/key-event'> = {
  title: 'key event',
  titles: 'key events',
  mark: 'list of key events',
  removal: 'delete',
  collection: 'keyEvents',
  singleton: false,
  onlyIfAsked: false,
  facet: 'key-event',
  sentByTags: false,
  fixed: [],
  identity: ({ spec }) => spec.eventName,
  nameOf: ({ eventName }) => eventName,
  idOf: ({ eventName }) => eventName,
  fromWire: (sent) => {
    const value = sent.defaultValue as { numericValue?: number; currencyCode?: string } | undefined
    return {
      eventName: textOf(sent.eventName),
      countingMethod: sent.countingMethod === 'ONCE_PER_SESSION' ? 'ONCE_PER_SESSION' : 'ONCE_PER_EVENT',
      ...(value && {
        defaultValue: { numericValue: value.numericValue ?? 0, currencyCode: value.currencyCode ?? '' },
      }),
    }
  },
  toWire: (spec) => ({ ...spec }),
  wireFields: {},
  words: ({ spec: { countingMethod, defaultValue } }) => [
    ['Key event', 'yes'],
    ['Counting', countingMethod.toLowerCase().replaceAll('_', ' ')],
    ...(defaultValue === undefined
      ? []
      : [['Value', `${defaultValue.numericValue} ${defaultValue.currencyCode}`] as const]),
  ],
}
