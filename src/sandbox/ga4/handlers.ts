/** Every imitated method of the Admin API; v1beta and v1alpha share them, each answering in its own schema. */
import type { Handlers } from '../call.ts'
import { actionHandlers } from './actions.ts'
import { collectionHandlers } from './collections.ts'
import { conversionEventHandlers } from './conversion-events.ts'
import { propertyHandlers } from './properties.ts'
import { settingsHandlers } from './settings.ts'

export const ga4Handlers: Handlers = {
  ...propertyHandlers,
  ...settingsHandlers,
  ...actionHandlers,
  ...conversionEventHandlers,
  ...collectionHandlers('properties.keyEvents', 'KeyEvent'),
  ...collectionHandlers('properties.customDimensions', 'CustomDimension'),
  ...collectionHandlers('properties.customMetrics', 'CustomMetric'),
  ...collectionHandlers('properties.dataStreams', 'DataStream'),
  ...collectionHandlers('properties.dataStreams.measurementProtocolSecrets', 'MeasurementProtocolSecret'),
  ...collectionHandlers('properties.dataStreams.eventCreateRules', 'EventCreateRule'),
  ...collectionHandlers('properties.dataStreams.eventEditRules', 'EventEditRule'),
  ...collectionHandlers('properties.googleAdsLinks', 'GoogleAdsLink'),
  ...collectionHandlers('properties.bigQueryLinks', 'BigQueryLink'),
  ...collectionHandlers('properties.firebaseLinks', 'FirebaseLink'),
  ...collectionHandlers('properties.audiences', 'Audience'),
  ...collectionHandlers('properties.channelGroups', 'ChannelGroup'),
  ...collectionHandlers('properties.calculatedMetrics', 'CalculatedMetric'),
  ...collectionHandlers('properties.reportingDataAnnotations', 'ReportingDataAnnotation'),
}
