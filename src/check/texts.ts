/** The texts of a plan that go to GTM as they are, and the patterns and selectors among them. */
import { pointerOf, type Pointer } from '../plan/diagnostic.ts'
import type { PlanView } from './view.ts'

export interface Text {
  readonly at: Pointer
  readonly about?: 'key'
  readonly text: string
  readonly sort: 'literal' | 'pattern' | 'selector' | 'name' | 'code'
  /** What it is tested or used on, where that matters: `path`, `click.text`, `dataLayer`, ... */
  readonly on?: string
}

/** Longer ones are refused by a rule, and no other rule spends time on them. */
export const LONGEST_TEXT = 2000

/** Every text that GTM will hold: GTM reads `{{Name}}` in any of them as a reference. */
export function* textsOf(view: PlanView): Generator<Text> {
  for (const text of allTextsOf(view)) {
    if (text.sort === 'code' || text.text.length <= LONGEST_TEXT) yield text
  }
}

/** The same with those that are too long. */
export function* allTextsOf(view: PlanView): Generator<Text> {
  for (const { at, source, kind, name } of view.sources) {
    if (typeof source === 'string') yield { at, text: source, sort: 'literal' }
    if (typeof source !== 'object') continue
    const value = (source as Record<string, unknown>)[kind]
    const here = at + pointerOf(kind)
    if (kind === 'javascript' && typeof value === 'string') yield { at: here, text: value, sort: 'code' }
    else if (typeof value === 'string') yield { at: here, text: value, sort: 'name' }
    if (typeof source.url === 'object') yield { at: `${at}/url/query`, text: source.url.query, sort: 'name' }
    for (const [part, text] of Object.entries(source.element ?? {})) {
      yield {
        at: `${at}/element/${part}`,
        text,
        sort: part === 'selector' ? 'selector' : 'name',
        on: 'element',
      }
    }
    for (const table of ['lookup', 'match'] as const) {
      const rows = table === 'lookup' ? source.lookup?.map : source.match?.patterns
      for (const [key, result] of Object.entries(rows ?? {})) {
        const row = at + pointerOf(table, table === 'lookup' ? 'map' : 'patterns', key)
        yield { at: row, about: 'key', text: key, sort: table === 'match' ? 'pattern' : 'literal', on: name }
        if (typeof result === 'string') yield { at: row, text: result, sort: 'literal' }
      }
    }
    if (typeof source.default === 'string')
      yield { at: `${at}/default`, text: source.default, sort: 'literal' }
  }
  for (const { subject, detail, test, testAt } of view.conditions) {
    const on =
      detail === undefined || subject === 'query' || subject === 'dataLayer' || subject === 'cookie'
        ? subject
        : `${subject}.${detail}`
    if (detail !== undefined) yield { at: testAt, about: 'key', text: detail, sort: 'name' }
    for (const [operator, value] of Object.entries(test)) {
      if (typeof value !== 'string') continue
      const sort = operator === 'matches' ? 'pattern' : operator === 'css' ? 'selector' : 'literal'
      yield { at: testAt + pointerOf(operator), text: value, sort, on }
    }
  }
  for (const conversion of view.conversions) {
    for (const { at, kind, trigger } of conversion.triggers) {
      if (kind === 'dataLayer') {
        if (typeof trigger.dataLayer === 'string')
          yield { at: `${at}/dataLayer`, text: trigger.dataLayer, sort: 'literal', on: 'event' }
        else if (trigger.dataLayer !== undefined)
          yield {
            at: `${at}/dataLayer/matches`,
            text: trigger.dataLayer.matches,
            sort: 'pattern',
            on: 'event',
          }
      }
      if (kind !== 'click' && kind !== 'link' && kind !== 'form' && kind !== 'visible') continue
      const settings = trigger[kind]
      if (settings?.selector !== undefined)
        yield { at: `${at}/${kind}/selector`, text: settings.selector, sort: 'selector', on: kind }
      if (settings?.id !== undefined) yield { at: `${at}/${kind}/id`, text: settings.id, sort: 'name' }
    }
  }
  for (const { at, environment } of view.environments) {
    for (const [index, host] of (environment.hosts ?? []).entries())
      yield { at: at + pointerOf('hosts', index), text: host, sort: 'literal' }
    if (environment.transportUrl !== undefined)
      yield { at: `${at}/transportUrl`, text: environment.transportUrl, sort: 'literal' }
  }
  if (view.plan.transportUrl !== undefined)
    yield { at: '/transportUrl', text: view.plan.transportUrl, sort: 'literal' }
}
