import { createHash } from 'node:crypto'
import type { Scalar, Source } from '../plan/plan.ts'
import type { Text, View } from './render.ts'
import type { SourceUse } from './sources.ts'

/** A variable before its key and name: what identifies it, what it is called after, what its template needs. */
export interface Shape {
  readonly template: string
  readonly id: string
  readonly wasId?: string
  readonly label: readonly [kind: string, source: string]
  readonly view: View
}

/** The variable that reads a source; inputs of tables are texts already. */
export function shapeOf(use: SourceUse, textOf: (source: Source) => Text): Shape {
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
        id: `element.${target}${attribute === '' ? '' : `~${idPart(attribute)}`}`,
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

function orElse(value: Scalar): string {
  return value === '' ? 'empty' : String(value)
}

function defaultView(value: Scalar | undefined): View {
  return value === undefined ? { hasDefault: false } : { hasDefault: true, default: String(value) }
}

function tableRows(rows: readonly { readonly key: string; readonly value: Scalar }[]): View[] {
  return rows.map(({ key, value }) => ({ key, value: String(value) }))
}

/** What may stand in a key: letters, digits, _ - and dots; the rest in hexadecimal, the too long cut with a hash. */
function idPart(text: string): string {
  const bytes = (char: string): string =>
    [...new TextEncoder().encode(char)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('')
  const safe = text.replace(/[^A-Za-z0-9_.-]/gu, bytes)
  if (safe.length <= 80) return safe
  return `${safe.slice(0, 60)}~${createHash('sha256').update(text).digest('hex').slice(0, 8)}`
}
