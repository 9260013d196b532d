import { pointerOf } from '../plan/diagnostic.ts'
import { ga4Key, textOf, type Ga4Module } from './kind.ts'
import { UNOWNED } from './unowned.ts'

/**
 * What a server of the team's own sends events with. The plan says only that there is one of that name; what it is, is read on
 * GA4's page by whoever needs it, and stands in no answer that this product keeps (`google/shape.ts`).
 * https://developers.google.com/analytics/devguides/config/admin/v1/rest/v1beta/properties.dataStreams.measurementProtocolSecrets
 */
export const measurementProtocolSecret: Ga4Module<'ga4/measurement-protocol-secret'> = {
  ...UNOWNED,
  title: 'Measurement Protocol secret',
  titles: 'Measurement Protocol secrets',
  compile: (plan) =>
    (plan.property.secrets ?? []).map((displayName, index) => ({
      kind: 'ga4/measurement-protocol-secret',
      key: ga4Key(plan, displayName, 'measurement-protocol-secret'),
      name: displayName,
      spec: { displayName },
      notes: '',
      origin: pointerOf('property', 'secrets', index),
    })),
  at: 'stream',
  collection: 'measurementProtocolSecrets',
  isAsked: ({ property }) => property.secrets !== undefined,
  facet: 'measurement-protocol-secret',
  fixed: [],
  waitsForConsent: true,
  identity: ({ spec }) => spec.displayName,
  nameOf: ({ displayName }) => displayName,
  idOf: ({ displayName }) => displayName,
  fromWire: (sent) => ({ displayName: textOf(sent.displayName) }),
  toWire: (spec) => ({ ...spec }),
  words: ({ spec }) => [['Measurement Protocol secret', spec.displayName]],
}
