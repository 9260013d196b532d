/** What a variable of the container reads (GTM-RUNTIME 6), and how texts with {{references}} become values. */
import type { Container, VariableEntity } from './container.ts'
import { isGranted, type Consent } from './consent.ts'
import { readFlat, readTree, type DataLayer } from './data-layer.ts'
import { notFilledBeside } from './not-modelled.ts'
import type { Page } from './page.ts'
import { flagOf, parameterOf, rowsOf, textParameter, type Parameter } from './parameters.ts'
import { isUnknown, textOf, unknown } from './value.ts'

/** Everything that is read while one event is handled; variables are asked once an event. */
export interface Reading {
  readonly container: Container
  readonly layer: DataLayer
  readonly consent: Consent
  readonly page: Page
  readonly event: string
  readonly cache: Map<string, unknown>
}

/**
 * A text of the container as a value: a reference that is the whole field passes the value with its type; inside text
 * every value is joined as text, missing and null as empty.
 */
export function valueOf(text: string, reading: Reading): unknown {
  const whole = /^\{\{([^{}]+)\}\}$/.exec(text)?.[1]
  if (whole !== undefined) return variable(whole, reading)
  if (!text.includes('{{')) return text
  let lacking: unknown
  const joined = text.replaceAll(/\{\{([^{}]+)\}\}/g, (_, name: string) => {
    const value = variable(name, reading)
    if (isUnknown(value)) lacking ??= value
    return value === undefined || value === null ? '' : textOf(value)
  })
  return lacking ?? joined
}

export function parameterValue(parameter: Parameter | undefined, reading: Reading): unknown {
  return parameter?.value === undefined ? undefined : valueOf(parameter.value, reading)
}

/** The value of a variable by its display name. One that refers to itself gives nothing. */
export function variable(name: string, reading: Reading): unknown {
  if (reading.cache.has(name)) return reading.cache.get(name)
  reading.cache.set(name, undefined)
  const value = read(name, reading)
  reading.cache.set(name, value)
  return value
}

function read(name: string, reading: Reading): unknown {
  if (name === '_event') return reading.event
  const entity = reading.container.variables.get(name)
  if (entity !== undefined) return formatted(entity, userDefined(entity, reading), reading)
  const builtIn = reading.container.builtIns.get(name)
  return builtIn === undefined ? unknown('variable-missing', name) : builtInValue(builtIn, reading)
}

function userDefined(entity: VariableEntity, reading: Reading): unknown {
  const text = (key: string): unknown => parameterValue(parameterOf(entity.parameter, key), reading)
  const fallback = (value: unknown): unknown =>
    value === undefined && flagOf(entity.parameter, 'setDefaultValue') ? text('defaultValue') : value
  const { page, layer } = reading
  switch (entity.type) {
    case 'c':
      return text('value')
    case 'v': {
      const key = textOf(text('name'))
      const isFirst = textParameter(entity.parameter, 'dataLayerVersion') === '1'
      return fallback(filled(layer, key, isFirst ? readFlat(layer, key) : readTree(layer, key)))
    }
    case 'k': {
      const value = page.cookie(textOf(text('name')))
      return typeof value === 'string' && flagOf(entity.parameter, 'decodeCookie') ? decoded(value) : value
    }
    case 'j':
      return page.global(textOf(text('name')))
    case 'jsm':
      return page.script(textParameter(entity.parameter, 'javascript') ?? '', (name) =>
        variable(name, reading),
      )
    case 'u': {
      const source = parameterOf(entity.parameter, 'customUrlSource')
      const url = source === undefined ? pageUrl(reading) : textOf(parameterValue(source, reading))
      return urlPart(url, textParameter(entity.parameter, 'component') ?? 'URL', entity, reading)
    }
    case 'f': {
      const url = referrer(reading)
      const component = textParameter(entity.parameter, 'component') ?? 'URL'
      return component === 'URL' ? url : urlPart(url, component, entity, reading)
    }
    case 'smm': {
      const input = text('input')
      if (isUnknown(input)) return input
      const row = rowsOf(entity.parameter, 'map').find(
        (columns) => textOf(parameterValue(parameterOf(columns, 'key'), reading)) === textOf(input),
      )
      return fallback(row && parameterValue(parameterOf(row, 'value'), reading))
    }
    case 'remm':
      return fallback(matched(entity, text('input'), reading))
    case 'aev':
      return fallback(autoEvent(entity, reading))
    case 'd':
      return domElement(entity, text, reading)
    case 'e':
      return reading.event
    case 'r':
      return Math.floor(page.random() * 2147483647)
    case 'cid':
      return reading.container.publicId
    case 'ctv':
      return unknown('known-when-published', entity.name)
    case 'dbg':
      return false
    case 'uv':
      return undefined
    case 'gtes':
    case 'gtcs':
      // Only tags read these, column by column; as a value they have no meaning.
      return undefined
    case 'vis':
      return unknown('variable-type', `${entity.name} (${entity.type})`)
    default:
      if (entity.type.startsWith('cvt_')) return unknown('custom-template', entity.name)
      if (/^(ad|analytics|functionality|personalization|security)_/.test(entity.type)) {
        const granted = isGranted(reading.consent, entity.type)
        return isUnknown(granted) ? granted : granted ? 'granted' : 'denied'
      }
      return unknown('variable-type', `${entity.name} (${entity.type})`)
  }
}

/** *Format value*, in this order: case of texts, then null, undefined, true, false. */
function formatted(entity: VariableEntity, value: unknown, reading: Reading): unknown {
  const format = entity.formatValue
  const replaced = (
    value: unknown,
    is: null | undefined | boolean,
    by: Parameter | undefined,
    otherwise: unknown,
  ): unknown => {
    if (value !== is) return value
    // An empty text is written by leaving the value out.
    return by === undefined ? otherwise : valueOf(by.value ?? '', reading)
  }
  const cased =
    typeof value === 'string' && !/^(none)?$/i.test(format?.caseConversionType ?? '')
      ? /lower/i.test(format?.caseConversionType ?? '')
        ? value.toLowerCase()
        : value.toUpperCase()
      : value
  // A missing element or attribute leaves as the text `null` (GTM-RUNTIME 12).
  const found = replaced(cased, null, format?.convertNullToValue, entity.type === 'd' ? 'null' : null)
  const there = replaced(found, undefined, format?.convertUndefinedToValue, undefined)
  const asTrue = replaced(there, true, format?.convertTrueToValue, true)
  return replaced(asTrue, false, format?.convertFalseToValue, false)
}

/** Built-in variables that only repeat a key of the data layer, read in version 1. */
const KEY_OF_BUILT_IN: { readonly [type: string]: string } = {
  clickElement: 'gtm.element',
  clickClasses: 'gtm.elementClasses',
  clickId: 'gtm.elementId',
  clickTarget: 'gtm.elementTarget',
  clickUrl: 'gtm.elementUrl',
  formElement: 'gtm.element',
  formClasses: 'gtm.elementClasses',
  formId: 'gtm.elementId',
  formTarget: 'gtm.elementTarget',
  formUrl: 'gtm.elementUrl',
  errorMessage: 'gtm.errorMessage',
  errorUrl: 'gtm.errorUrl',
  errorLine: 'gtm.errorLineNumber',
  historySource: 'gtm.historyChangeSource',
  newHistoryFragment: 'gtm.newUrlFragment',
  oldHistoryFragment: 'gtm.oldUrlFragment',
  newHistoryState: 'gtm.newHistoryState',
  oldHistoryState: 'gtm.oldHistoryState',
  videoProvider: 'gtm.videoProvider',
  videoUrl: 'gtm.videoUrl',
  videoTitle: 'gtm.videoTitle',
  videoDuration: 'gtm.videoDuration',
  videoPercent: 'gtm.videoPercent',
  videoVisible: 'gtm.videoVisible',
  videoStatus: 'gtm.videoStatus',
  videoCurrentTime: 'gtm.videoCurrentTime',
  scrollDepthThreshold: 'gtm.scrollThreshold',
  scrollDepthUnits: 'gtm.scrollUnits',
  scrollDepthDirection: 'gtm.scrollDirection',
  elementVisibilityRatio: 'gtm.visibleRatio',
  elementVisibilityTime: 'gtm.visibleTime',
  elementVisibilityFirstTime: 'gtm.visibleFirstTime',
  elementVisibilityRecentTime: 'gtm.visibleLastTime',
}

function builtInValue(type: string, reading: Reading): unknown {
  const key = KEY_OF_BUILT_IN[type]
  if (key !== undefined) return filled(reading.layer, key, readFlat(reading.layer, key))
  switch (type) {
    case 'pageUrl':
      return withoutFragment(pageUrl(reading))
    case 'pageHostname':
      return parsed(pageUrl(reading))?.hostname
    case 'pagePath':
      return parsed(pageUrl(reading))?.pathname
    case 'referrer':
      return referrer(reading)
    case 'event':
      return reading.event
    case 'clickText':
    case 'formText':
      return reading.page.text(readFlat(reading.layer, 'gtm.element'))
    case 'containerId':
      return reading.container.publicId
    case 'debugMode':
      return false
    case 'containerVersion':
    case 'environmentName':
      return unknown('known-when-published', type)
    case 'randomNumber':
      return Math.floor(reading.page.random() * 2147483647)
    default:
      return unknown('variable-type', type)
  }
}

/** A key's value; Unknown where Google's listener would have filled what ours leaves empty. */
function filled(layer: DataLayer, key: string, value: unknown): unknown {
  const beside = value === undefined ? notFilledBeside(key) : undefined
  const hasSpoken = beside !== undefined && readFlat(layer, beside) !== undefined
  return hasSpoken ? unknown('key-not-filled', key) : value
}

function autoEvent(entity: VariableEntity, reading: Reading): unknown {
  const { layer, page } = reading
  const element = readFlat(layer, 'gtm.element')
  switch (textParameter(entity.parameter, 'varType')) {
    case 'ELEMENT':
      return element
    case 'CLASSES':
      return readFlat(layer, 'gtm.elementClasses')
    case 'ID':
      return readFlat(layer, 'gtm.elementId')
    case 'TARGET':
      return readFlat(layer, 'gtm.elementTarget')
    case 'URL': {
      const url = readFlat(layer, 'gtm.elementUrl')
      const component = textParameter(entity.parameter, 'component') ?? 'URL'
      return component === 'URL' || typeof url !== 'string' ? url : urlPart(url, component, entity, reading)
    }
    case 'TEXT':
      return page.text(element)
    case 'ATTRIBUTE': {
      const name = textOf(parameterValue(parameterOf(entity.parameter, 'attribute'), reading))
      return page.attribute(element, name) ?? undefined
    }
    default:
      return unknown('variable-type', `${entity.name} (${textParameter(entity.parameter, 'varType') ?? ''})`)
  }
}

function domElement(entity: VariableEntity, text: (key: string) => unknown, { page }: Reading): unknown {
  const isCss = textParameter(entity.parameter, 'selectorType') === 'CSS'
  const element = page.find(
    isCss ? { selector: textOf(text('elementSelector')) } : { id: textOf(text('elementId')) },
  )
  if (element === null || isUnknown(element)) return element
  const attribute = text('attributeName')
  return typeof attribute === 'string' && attribute !== ''
    ? page.attribute(element, attribute)
    : page.text(element)
}

/** A regex table: the first pattern that matches the input's text, a missing input being the text `undefined`. */
function matched(entity: VariableEntity, input: unknown, reading: Reading): unknown {
  if (isUnknown(input)) return input
  const text = textOf(input)
  const flags = flagOf(entity.parameter, 'ignoreCase', true) ? 'i' : ''
  const isFull = flagOf(entity.parameter, 'fullMatch', true)
  const replaces = flagOf(entity.parameter, 'replaceAfterMatch', true)
  for (const columns of rowsOf(entity.parameter, 'map')) {
    const source = textOf(parameterValue(parameterOf(columns, 'key'), reading))
    const pattern = regExp(isFull ? `^(?:${source})$` : source, flags)
    if (pattern === undefined || !pattern.test(text)) continue
    const value = parameterValue(parameterOf(columns, 'value'), reading)
    if (!replaces || typeof value !== 'string' || !value.includes('$')) return value
    return isFull ? text.replace(pattern, value) : unknown('replace-part-of-a-match', entity.name)
  }
  return undefined
}

/** The page's own regular expression engine; a pattern that does not parse is silently no match (GTM-RUNTIME 5.2). */
export function regExp(source: string, flags: string): RegExp | undefined {
  try {
    return new RegExp(source, flags)
  } catch {
    return undefined
  }
}

/** `gtm.url` if the site pushed one, else the address. */
export function pageUrl({ layer, page }: Reading): string {
  const own = readFlat(layer, 'gtm.url')
  return typeof own === 'string' && own !== '' ? own : page.url()
}

export function referrer({ layer, page }: Reading): string {
  const own = readFlat(layer, 'gtm.referrer')
  return typeof own === 'string' && own !== '' ? own : page.referrer()
}

/** A part of an address. Paths stay percent-encoded, query values are decoded (GTM-RUNTIME 12). */
function urlPart(url: string, component: string, entity: VariableEntity, reading: Reading): unknown {
  const address = parsed(url)
  if (address === undefined) return component === 'URL' ? url : undefined
  switch (component) {
    case 'URL':
      return withoutFragment(address.href)
    case 'PROTOCOL':
      return address.protocol.replace(':', '')
    case 'HOST':
      return flagOf(entity.parameter, 'stripWww')
        ? address.hostname.replace(/^www\d*\./, '')
        : address.hostname
    case 'PORT':
      return address.port === '' ? (address.protocol === 'https:' ? '443' : '80') : address.port
    case 'PATH':
      return address.pathname
    case 'EXTENSION': {
      const last = address.pathname.split('/').at(-1) ?? ''
      return last.includes('.') ? last.slice(last.lastIndexOf('.') + 1) : ''
    }
    case 'FRAGMENT':
      return address.hash.slice(1)
    case 'QUERY': {
      const key = parameterValue(parameterOf(entity.parameter, 'queryKey'), reading)
      if (typeof key !== 'string' || key === '') return address.search.slice(1)
      return address.searchParams.get(key) ?? undefined
    }
    default:
      return unknown('variable-type', `${entity.name} (${component})`)
  }
}

function parsed(url: string): URL | undefined {
  return URL.canParse(url) ? new URL(url) : undefined
}

function withoutFragment(url: string): string {
  return url.replace(/#.*$/s, '')
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
