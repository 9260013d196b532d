/**
 * One variable for each distinct thing that is read, however many events read it. Its key says what it reads
 * (`dataLayer.plan.type`), so that it stays itself whatever the events around it are called.
 */
import { createHash } from 'node:crypto'
import type { Diagnostic } from '../plan/diagnostic.ts'
import type { Plan, Scalar, Source } from '../plan/plan.ts'
import { canonicalJson } from '../resources/canonical-json.ts'
import { builtInName } from './built-in-variables.ts'
import { keyOf, refTo, type Draft } from './draft.ts'
import { SHARED_FOLDER } from './folders.ts'
import { planNotes } from './notes.ts'
import type { Text, View } from './render.ts'
import { sourceUses, type SourceUse } from './sources.ts'

export interface Variables {
  readonly drafts: readonly Draft[]
  readonly diagnostics: readonly Diagnostic[]
  /** The text that stands for a source: a literal, or a reference to its variable. */
  readonly textOf: (source: Source) => Text
}

interface Shape {
  readonly template: string
  readonly id: string
  readonly wasId?: string
  readonly label: readonly [kind: string, source: string]
  readonly view: View
}

export function compileVariables(plan: Plan): Variables {
  const texts = new Map<string, Text>()
  const drafts: Draft[] = []
  const diagnostics: Diagnostic[] = []
  const ids = new Map<string, number>()
  const textOf = (source: Source): Text => {
    const text = simpleText(source) ?? texts.get(canonicalJson(source))
    if (text === undefined) throw new Error(`No variable was made for ${canonicalJson(source)}.`)
    return text
  }
  for (const use of inOrderOfContent(sourceUses(plan))) {
    const identity = canonicalJson(use.source)
    if (use.role !== '' && use.source.kind === 'literal') diagnostics.push(literalSubject(use))
    if (simpleText(use.source) !== undefined || texts.has(identity)) continue
    const shape = shapeOf(use, textOf)
    const id = distinct(shape.id, use, ids)
    const key = keyOf(plan, id, 'variable')
    texts.set(identity, { variable: refTo(key) })
    drafts.push({
      kind: 'gtm/variable',
      template: `variables/${shape.template}`,
      key,
      ...wasOf(plan, shape, id, use),
      naming: {
        pattern: plan.naming.variable ?? '{kind} - {source}',
        values: { kind: shape.label[0], source: shape.label[1], plan: plan.id },
        id: use.by === '' ? shape.label[1] : use.by,
      },
      notes: planNotes(plan),
      origin: use.at,
      folder: refTo(keyOf(plan, SHARED_FOLDER, 'folder')),
      view: shape.view,
    })
  }
  return { drafts, diagnostics, textOf }
}

/** Sources that need no variable of ours: literals, built-in variables, somebody else's variables. */
function simpleText(source: Source): Text | undefined {
  switch (source.kind) {
    case 'literal':
      return String(source.value)
    case 'variable':
      return { variable: source.name }
    case 'page':
      return source.part === 'fragment' ? undefined : builtIn(PAGE_PARTS[source.part])
    case 'click': {
      const type = CLICK_PARTS[source.what]
      return type === undefined ? undefined : builtIn(type)
    }
    case 'form':
      return builtIn(`form${capital(source.what)}`)
    case 'scroll':
      return builtIn(SCROLL_PARTS[source.what])
    case 'video':
      return builtIn(source.what === 'current_time' ? 'videoCurrentTime' : `video${capital(source.what)}`)
    case 'visibility':
      return builtIn(source.what === 'percent' ? 'elementVisibilityRatio' : 'elementVisibilityTime')
    case 'history':
      return builtIn(HISTORY_PARTS[source.what])
    case 'error':
      return builtIn(`error${capital(source.what)}`)
    case 'dataLayer':
    case 'query':
    case 'cookie':
    case 'element':
    case 'lookup':
    case 'match':
    case 'javascript':
      return undefined
  }
}

const PAGE_PARTS = {
  full: 'pageUrl',
  host: 'pageHostname',
  path: 'pagePath',
  referrer: 'referrer',
} as const

const CLICK_PARTS: { readonly [what: string]: string } = {
  url: 'clickUrl',
  text: 'clickText',
  id: 'clickId',
  classes: 'clickClasses',
  target: 'clickTarget',
  element: 'clickElement',
}

const SCROLL_PARTS = {
  depth: 'scrollDepthThreshold',
  units: 'scrollDepthUnits',
  direction: 'scrollDepthDirection',
} as const

const HISTORY_PARTS = {
  source: 'historySource',
  new_fragment: 'newHistoryFragment',
  old_fragment: 'oldHistoryFragment',
  new_state: 'newHistoryState',
  old_state: 'oldHistoryState',
} as const

function shapeOf(use: SourceUse, textOf: (source: Source) => Text): Shape {
  const { source } = use
  switch (source.kind) {
    case 'dataLayer':
      return {
        template: 'data-layer',
        id: `dataLayer${source.default === undefined ? '' : '-default'}.${idPart(source.key)}`,
        label: [
          'DLV',
          source.default === undefined ? source.key : `${source.key} or ${orElse(source.default)}`,
        ],
        view: { key: source.key, ...defaultView(source.default) },
      }
    case 'query':
      return {
        template: 'url-query',
        id: `query.${idPart(source.name)}`,
        label: ['URL Query', source.name],
        view: { key: source.name },
      }
    case 'cookie':
      return {
        template: 'cookie',
        id: `cookie.${idPart(source.name)}`,
        label: ['Cookie', source.name],
        view: { cookie: source.name },
      }
    case 'element': {
      const { selector = '', id = '', attribute = '' } = source
      const target = selector === '' ? `id.${idPart(id)}` : `css.${idPart(selector)}`
      return {
        template: 'dom-element',
        id: `element.${target}${attribute === '' ? '' : `.${idPart(attribute)}`}`,
        label: ['DOM', [selector === '' ? id : selector, attribute].join(' ').trim()],
        view: { selector, id, attribute },
      }
    }
    case 'page':
      return { template: 'url-fragment', id: 'url.fragment', label: ['URL', 'fragment'], view: {} }
    case 'click':
      return {
        template: 'auto-event',
        id: `click.${idPart(source.what)}`,
        label: ['AEV', source.what],
        view: { attribute: source.what },
      }
    case 'lookup':
      return {
        ...serving('lookup', 'LT', use),
        template: 'lookup-table',
        view: {
          input: textOf(source.from),
          ...defaultView(source.default),
          rows: tableRows([...source.rows].sort((a, b) => (a.key < b.key ? -1 : 1))),
        },
      }
    case 'match':
      return {
        ...serving('match', 'RT', use),
        template: 'regex-table',
        view: {
          input: textOf(source.from),
          ...defaultView(source.default),
          ignoreCase: source.ignoreCase,
          fullMatch: source.fullMatch,
          rows: tableRows(source.rows),
        },
      }
    case 'javascript':
      return {
        ...serving('javascript', 'JS', use),
        template: 'custom-javascript',
        view: { code: source.code },
      }
    case 'literal':
    case 'variable':
    case 'form':
    case 'scroll':
    case 'video':
    case 'visibility':
    case 'history':
    case 'error':
      throw new Error(`A ${source.kind} needs no variable.`)
  }
}

function serving(kind: string, prefix: string, use: SourceUse): Pick<Shape, 'id' | 'wasId' | 'label'> {
  const suffix = { '': '', '-when': ' when', '-from': ' from' }[use.role]
  return {
    id: `${kind}${use.role}.${use.label}`,
    ...(use.labelWas === undefined ? {} : { wasId: `${kind}${use.role}.${use.labelWas}` }),
    label: [prefix, `${use.label}${suffix}`],
  }
}

/** The key it had when the parameter or the conversion was called otherwise. */
function wasOf(plan: Plan, shape: Shape, id: string, use: SourceUse): { readonly was?: readonly string[] } {
  const isOwn = use.byWas !== undefined && id === `${shape.id}~${use.by}`
  const base = shape.wasId ?? (isOwn ? shape.id : undefined)
  if (base === undefined) return {}
  const suffix = isOwn ? `~${use.byWas}` : id.slice(shape.id.length)
  return { was: [keyOf(plan, base + suffix, 'variable')] }
}

/** A second table for the same parameter gets the conversion into its id, a third a number. */
function distinct(id: string, use: SourceUse, ids: Map<string, number>): string {
  const taken = ids.get(id)
  ids.set(id, (taken ?? 0) + 1)
  if (taken === undefined) return id
  const own = `${id}~${use.by === '' || use.role === '-when' ? taken + 1 : use.by}`
  const more = ids.get(own)
  ids.set(own, (more ?? 0) + 1)
  return more === undefined ? own : `${own}~${more + 1}`
}

/**
 * Two defaults for one data layer key are told apart by number, whose order must not depend on the file's. The data
 * layer comes before the tables that read it.
 */
function inOrderOfContent(uses: readonly SourceUse[]): SourceUse[] {
  const rank = (use: SourceUse): string =>
    use.source.kind === 'dataLayer' ? `${typeof use.source.default} ${String(use.source.default)}` : '~'
  return uses
    .map((use, index) => ({ use, index, rank: rank(use) }))
    .sort((a, b) => (a.rank === b.rank ? a.index - b.index : a.rank < b.rank ? -1 : 1))
    .map(({ use }) => use)
}

function literalSubject(use: SourceUse): Diagnostic {
  return {
    severity: 'error',
    code: 'subjects-are-variable',
    message: 'A condition or a table reads a value that changes; this one is always the same.',
    fix: 'Name a source, for example { dataLayer: plan.type } or { url: path }.',
    at: use.at,
  }
}

function orElse(value: Scalar): string {
  return value === '' ? 'empty' : String(value)
}

function defaultView(value: Scalar | undefined): View {
  return value === undefined ? { hasDefault: false } : { hasDefault: true, default: String(value) }
}

function tableRows(rows: readonly { readonly key: string; readonly value: Scalar }[]): View[] {
  return rows.map(({ key, value }) => ({ key, value: String(value) }))
}

function builtIn(type: string): Text {
  return { variable: builtInName(type) }
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}

/** What may stand in a key: letters, digits, _ - and dots; the rest in hexadecimal, the too long cut with a hash. */
function idPart(text: string): string {
  const bytes = (char: string): string =>
    [...new TextEncoder().encode(char)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('')
  const safe = text.replace(/[^A-Za-z0-9_.-]/gu, bytes)
  if (safe.length <= 80) return safe
  return `${safe.slice(0, 60)}~${createHash('sha256').update(text).digest('hex').slice(0, 8)}`
}
