/** Settings that a property or stream has exactly once; they come into being with their defaults. */
import type { Call, Handlers } from '../call.ts'
import type { Entity } from '../shape.ts'
import {
  collectionOf,
  invalid,
  precondition,
  putResource,
  record,
  requireParents,
  resourcePath,
} from './resources.ts'
import { checkLength, requireField } from './fields.ts'
import { applyMask, maskPaths } from './update-mask.ts'

interface Singleton {
  readonly get: string
  readonly update: string
  readonly schema: string
  readonly defaults: Entity
  readonly check?: (settings: Entity) => void
  /** Looks at the request; gives the settings as they will be. */
  readonly adjust?: (call: Call, before: Entity, settings: Entity) => Entity
  /** Checks the resource that the settings belong to. */
  readonly parent?: (parent: Entity) => void
}

const SINGLETONS: readonly Singleton[] = [
  {
    get: 'properties.getDataRetentionSettings',
    update: 'properties.updateDataRetentionSettings',
    schema: 'DataRetentionSettings',
    // Two months is what a new property has: https://support.google.com/analytics/answer/7667196 ; the rest assumed.
    defaults: {
      eventDataRetention: 'TWO_MONTHS',
      userDataRetention: 'FOURTEEN_MONTHS',
      resetUserDataOnNewActivity: true,
    },
    check: (settings) => {
      // 26 months and more are for 360 properties, which the sandbox has none of (resources.proto).
      for (const field of ['eventDataRetention', 'userDataRetention']) {
        const months = requireField(settings, field)
        if (!['TWO_MONTHS', 'FOURTEEN_MONTHS'].includes(months))
          throw invalid(`${months} is for 360 properties only.`)
      }
    },
  },
  {
    get: 'properties.getAttributionSettings',
    update: 'properties.updateAttributionSettings',
    schema: 'AttributionSettings',
    // Defaults: v1alpha/resources.proto; the export scope is what a property has before anybody chose (assumed).
    defaults: {
      acquisitionConversionEventLookbackWindow: 'ACQUISITION_CONVERSION_EVENT_LOOKBACK_WINDOW_30_DAYS',
      otherConversionEventLookbackWindow: 'OTHER_CONVERSION_EVENT_LOOKBACK_WINDOW_90_DAYS',
      reportingAttributionModel: 'PAID_AND_ORGANIC_CHANNELS_DATA_DRIVEN',
      adsWebConversionDataExportScope: 'NOT_SELECTED_YET',
    },
    check: (settings) => {
      requireField(settings, 'acquisitionConversionEventLookbackWindow')
      requireField(settings, 'otherConversionEventLookbackWindow')
      requireField(settings, 'reportingAttributionModel')
      requireField(settings, 'adsWebConversionDataExportScope')
    },
    adjust: (call, _before, settings) => {
      const named = maskPaths(call).some((path) => /^ads_?web_?conversion_?data_?export_?scope$/i.test(path))
      if (named && call.store.behaviour.attributionScopeInMask === 'refuse')
        throw invalid('The field "ads_web_conversion_data_export_scope" cannot be updated.')
      return settings
    },
  },
  {
    get: 'properties.dataStreams.getEnhancedMeasurementSettings',
    update: 'properties.dataStreams.updateEnhancedMeasurementSettings',
    schema: 'EnhancedMeasurementSettings',
    // All on but forms; the search parameters are those that the settings page offers (v1alpha/resources.proto).
    defaults: {
      streamEnabled: true,
      scrollsEnabled: true,
      outboundClicksEnabled: true,
      siteSearchEnabled: true,
      videoEngagementEnabled: true,
      fileDownloadsEnabled: true,
      pageChangesEnabled: true,
      searchQueryParameter: 'q,s,search,query,keyword',
    },
    check: (settings) => {
      requireField(settings, 'searchQueryParameter')
      checkLength(settings, 'searchQueryParameter', 1024)
      checkLength(settings, 'uriQueryParameter', 1024)
    },
    adjust: (call, before, settings) => {
      const names = maskPaths(call).map((path) => path.replaceAll('_', '').toLowerCase())
      const alone = names.includes('sitesearchenabled') && !names.includes('searchqueryparameter')
      if (!alone || call.store.behaviour.siteSearchAlone === 'changed') return settings
      // Off is left out.
      const rest = Object.entries(settings).filter(([field]) => field !== 'siteSearchEnabled')
      const was = before['siteSearchEnabled'] === true
      return { ...Object.fromEntries(rest), ...(was && { siteSearchEnabled: true }) }
    },
    parent: (stream) => {
      if (stream['type'] !== 'WEB_DATA_STREAM')
        throw precondition('Only web streams have enhanced measurement.')
    },
  },
  {
    get: 'properties.dataStreams.getDataRedactionSettings',
    update: 'properties.dataStreams.updateDataRedactionSettings',
    schema: 'DataRedactionSettings',
    // Off in a stream that nobody has touched (assumed).
    defaults: {},
    check: (settings) => {
      const keys = (settings['queryParameterKeys'] as string[] | undefined) ?? []
      if (keys.some((key) => key.includes(','))) throw invalid('A query parameter key must not hold a comma.')
      if (settings['queryParameterRedactionEnabled'] === true && keys.length === 0)
        throw invalid('At least one query parameter key is needed.')
    },
    parent: (stream) => {
      if (stream['type'] !== 'WEB_DATA_STREAM') throw precondition('Only web streams have data redaction.')
    },
  },
  {
    get: 'properties.getGoogleSignalsSettings',
    update: 'properties.updateGoogleSignalsSettings',
    schema: 'GoogleSignalsSettings',
    // Off until somebody agrees to the terms (assumed).
    defaults: { state: 'GOOGLE_SIGNALS_DISABLED', consent: 'GOOGLE_SIGNALS_CONSENT_NOT_CONSENTED' },
    adjust: (call, _before, settings) => {
      const enables = settings['state'] === 'GOOGLE_SIGNALS_ENABLED'
      if (enables && call.store.behaviour.googleSignals === 'notActivated')
        throw precondition('Google signals must be activated in the user interface first.')
      return settings
    },
  },
  {
    get: 'properties.getReportingIdentitySettings',
    update: 'properties.updateReportingIdentitySettings',
    schema: 'ReportingIdentitySettings',
    defaults: { reportingIdentity: 'BLENDED' }, // assumed
  },
]

export const settingsHandlers: Handlers = Object.assign({}, ...SINGLETONS.map(singletonHandlers)) as Handlers

function singletonHandlers({ get, update, schema, defaults, check, adjust, parent }: Singleton): Handlers {
  const read = (call: Call): { path: string; id: string; settings: Entity } => {
    const full = resourcePath(call)
    const cut = full.lastIndexOf('/')
    const [path, id] = [full.slice(0, cut), full.slice(cut + 1)]
    requireParents(call, path)
    const cutParent = path.lastIndexOf('/')
    const owner = collectionOf(call.store, path.slice(0, cutParent)).get(path.slice(cutParent + 1))
    if (owner) parent?.(owner)
    return { path, id, settings: collectionOf(call.store, path).get(id) ?? { name: full, ...defaults } }
  }
  return {
    [get]: (call) => read(call).settings,
    [update]: (call) => {
      const { path, id, settings } = read(call)
      const asked = applyMask(call, schema, settings)
      const masked = adjust?.(call, settings, asked) ?? asked
      check?.(masked)
      const updated = putResource(call.store, path, id, masked)
      record(call, 'UPDATED', settings, updated)
      return updated
    },
  }
}
