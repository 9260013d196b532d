/**
 * The tags of a vendor for which GTM has none, as scripts: one that loads it, one that tells it of a conversion.
 *
 * A loader runs whenever a page asks for it (the page view, a visitor who agrees, before an event) and does its work once a
 * page for each account. An event says nothing where the loader has not been; what it says is put together from what is
 * there, so that nothing arrives as `undefined`, and an amount arrives as a number.
 */
import { REFERENCE } from '../resources/braces.ts'
import type { TagSpec } from '../resources/resource.ts'
import type { Text } from '../sources/gtm.ts'
import type { Source } from '../sources/source.ts'
import type {
  BaseTag,
  DestinationTag,
  Given,
  GivenEvent,
  Recognised,
  SaidInGtm,
  UserDataField,
} from './module.ts'
import { script, textIn, valueIn } from './script.ts'

type TextOf = (source: Source) => Text

const LOAD =
  'function load(src){var s=document.createElement("script");s.async=true;s.src=src;document.head.appendChild(s);return s}'
const PUT = 'function put(to,name,value){if(value!==undefined&&value!==null&&value!=="")to[name]=value}'
const NUMBER = 'function number(v){return v===undefined||v===null||v===""||isNaN(v)?undefined:+v}'
const EACH =
  'function each(list,use){if(list&&list.length)for(var i=0;i<list.length;i++)if(list[i])use(list[i])}'

/** A literal or a reference as it stands in code. */
export const VALUE = String.raw`("(?:[^"\\]|\\.)*"|${REFERENCE})`

const VALUE_OR_NUMBER = String.raw`("(?:[^"\\]|\\.)*"|${REFERENCE}|-?\d[\d.]*)`

/** In it `w` is the window, `id` the account, `load` asks for a script. @param vendor told apart by this word */
export function loader(vendor: string, { id }: Given, ...parts: readonly Text[]): BaseTag {
  const html = script(
    'var w=window,id=',
    quoted(id),
    `,done=w.planLoaded=w.planLoaded||{},key=${textIn(`${vendor} `)}+id;if(done[key])return;done[key]=1;`,
    '(w.planRoutes=w.planRoutes||{})[key]=location.href;',
    LOAD,
    PUT,
    ...parts,
  )
  return { template: 'custom-html', guarded: true, values: { html } }
}

/**
 * On the routes of a single-page app, for a vendor that does not see them by itself: once for each address. The same address
 * again is no route, and neither is the one that the loader stood on: the page's own, where the loader is a tag of GTM's that
 * leaves no mark. No tag on a site of pages.
 */
export function routes(vendor: string, { id, plan }: Given, ...parts: readonly Text[]): readonly BaseTag[] {
  if (!plan.site.singlePageApp) return []
  const html = script(
    'var w=window,id=',
    quoted(id),
    `,seen=w.planRoutes=w.planRoutes||{},key=${textIn(`${vendor} `)}+id,first=w.performance&&performance.getEntriesByType&&performance.getEntriesByType("navigation")[0];if((seen[key]||first&&first.name)===location.href)return;seen[key]=location.href;`,
    ...parts,
  )
  return [{ template: 'custom-html', part: 'routes', on: 'route', guarded: true, values: { html } }]
}

/** Leaves a mark on the page that consent was there: `planAgreed`. @param of what it is told from others by */
export function mark(of: string): Text {
  return script(`var w=window;(w.planAgreed=w.planAgreed||{})[${textIn(of)}]=1;`)
}

export function isMark(html: string): boolean {
  return html.startsWith('<script>(function(){var w=window;(w.planAgreed=')
}

/** The way back, of loaders and of events. */
export function saidBy(vendor: string): (spec: TagSpec) => Recognised | undefined {
  return ({ type, parameters }) => {
    if (type !== 'html') return undefined
    const html = String(parameters.html ?? '')
    const id = idOfLoader(vendor, html)
    return id === undefined ? saidByEvent(vendor, html) : { id }
  }
}

/** The account of a loader, as it stands in GTM; undefined for another script. */
function idOfLoader(vendor: string, html: string): string | undefined {
  return unquoted(
    new RegExp(`^<script>\\(function\\(\\)\\{var w=window,id=${VALUE},done=.{0,60}key="${vendor} "`).exec(
      html,
    )?.[1],
  )
}

/** What a script of ours says beside that. */
export function saidInScript({ parameters: { html } }: TagSpec, fields: NamesOfUserData = []): SaidInGtm {
  const code = typeof html === 'string' ? html : ''
  const puts = [...code.matchAll(PUT_CALL)].map(([, to, name, , value]) => ({
    to,
    name,
    value: valueOf(value),
  }))
  const said = (of: string): { readonly [name: string]: string | number } =>
    Object.fromEntries(
      puts.flatMap(({ to, name = '', value }) => (to === of && value !== undefined ? [[name, value]] : [])),
    )
  const { value, currency, transaction_id: order, items, ...parameters } = said('said')
  const known = said('known')
  const hasItems = items !== undefined || code.includes(';each(')
  const once = valueOf(ONCE.exec(code)?.[1]) ?? order
  return {
    ...(value === undefined ? {} : { value }),
    ...(currency === undefined ? {} : { currency: String(currency) }),
    ...(hasItems ? { items: true } : {}),
    ...(once === undefined ? {} : { id: String(once) }),
    ...(Object.keys(parameters).length === 0 ? {} : { parameters }),
    fields: Object.fromEntries(
      fields.flatMap(([field, name]) => (known[name] === undefined ? [] : [[field, String(known[name])]])),
    ),
  }
}

const PUT_CALL = new RegExp(String.raw`put\((said|known),"([\w$]+)",(number\()?${VALUE_OR_NUMBER}\)?\)`, 'g')
const ONCE = new RegExp(`var once=${VALUE};put`)

function valueOf(code: string | undefined): string | number | undefined {
  return code !== undefined && /^-?[\d.]/.test(code) ? Number(code) : unquoted(code)
}

/** In it `w` is the window, `id` the account, `name` what the vendor knows the conversion by, `said` what goes along. */
export function event(vendor: string, { id, name }: GivenEvent, ...parts: readonly Text[]): DestinationTag {
  const about = ['var w=window,said={},id=', quoted(id), `,name=${textIn(name)};/*${vendor}*/`]
  return { template: 'custom-html', values: { html: script(...about, PUT, ...parts) } }
}

function saidByEvent(vendor: string, html: string): Recognised | undefined {
  const [, id, name] =
    new RegExp(
      `^<script>\\(function\\(\\)\\{var w=window,said=\\{\\},id=${VALUE},name=${VALUE};/\\*${vendor}\\*/`,
    ).exec(html) ?? []
  const event = unquoted(name)
  return event === undefined ? undefined : { id: unquoted(id) ?? '', event }
}

/** Puts what there is into `to`; an amount as a number. */
export function put(
  to: string,
  values: readonly (readonly [name: string, source: Source | undefined, as?: 'number'])[],
  textOf: TextOf,
): readonly Text[] {
  return values.flatMap(([name, source, as]): readonly Text[] => {
    if (source === undefined) return []
    const value = valueIn(source, textOf)
    const isNumber = as === 'number' && !(source.kind === 'literal' && typeof source.value === 'number')
    return [`put(${to},${textIn(name)},`, ...(isNumber ? ['number(', value, ')'] : [value]), ');']
  })
}

/** A vendor's names of the visitor's own data. */
export type NamesOfUserData = readonly (readonly [field: UserDataField, name: string])[]

/** The visitor's own data, into `known`. */
export function putKnown({ userData, textOf }: Given, names: NamesOfUserData): readonly Text[] {
  return put(
    'known',
    names.map(([field, name]) => [name, userData?.fields[field]]),
    textOf,
  )
}

/** Value, currency and whatever else the plan says, into `said`. @param names the vendor's for them */
export function putCarried(
  { carried: { value, currency, transactionId }, parameters, textOf }: GivenEvent,
  names: { readonly transactionId?: string } = {},
): readonly Text[] {
  return [
    ...(value === undefined ? [] : [NUMBER]),
    ...put(
      'said',
      [
        ['value', value, 'number'],
        ['currency', currency],
      ],
      textOf,
    ),
    ...(names.transactionId === undefined ? [] : put('said', [[names.transactionId, transactionId]], textOf)),
    ...put(
      'said',
      parameters.map(({ name, source }) => [name, source] as const),
      textOf,
    ),
  ]
}

/** GA4's items one by one. @param body code in which `item` is one of them */
export function eachItem(
  items: Source | undefined,
  before: string,
  body: string,
  after: string,
  textOf: TextOf,
): readonly Text[] {
  if (items === undefined) return []
  return [`${EACH}${before}each(`, valueIn(items, textOf), `,function(item){${body}});${after}`]
}

/** Sets a variable of the script to what tells this occurrence from another, as text; absent without one. */
export function onceAs(
  name: string,
  to: string,
  eventId: Source | undefined,
  textOf: TextOf,
): readonly Text[] {
  if (eventId === undefined) return []
  return ['var once=', valueIn(eventId, textOf), `;put(${to},${textIn(name)},once&&String(once));`]
}

function quoted(text: Text): Text {
  return typeof text === 'string' ? textIn(text) : text
}

function unquoted(code: string | undefined): string | undefined {
  return code?.startsWith('"') === true ? (JSON.parse(code) as string) : code
}
