/** Every imitated method of the Admin API; v1beta and v1alpha share them, each answering in its own schema. */
import type { Handlers } from '../call.ts'
import { collectionHandlers } from './collections.ts'
import { conversionEventHandlers } from './conversion-events.ts'
import { propertyHandlers } from './properties.ts'
import { settingsHandlers } from './settings.ts'

export const ga4Handlers: Handlers = {
  ...propertyHandlers,
  ...settingsHandlers,
  ...conversionEventHandlers,
  ...collectionHandlers('properties.keyEvents', 'KeyEvent'),
  ...collectionHandlers('properties.customDimensions', 'CustomDimension'),
  ...collectionHandlers('properties.customMetrics', 'CustomMetric'),
  ...collectionHandlers('properties.dataStreams', 'DataStream'),
}
