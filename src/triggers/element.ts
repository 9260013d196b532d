/** What clicks, links and forms have in common: a listener on the whole page, narrowed to an element. */
import type { Pointer } from '../plan/diagnostic.ts'
import type { ConditionSpec } from '../resources/resource.ts'
import { equals, type Tested } from '../sources/condition.ts'
import type { HeldText } from '../sources/held-text.ts'
import { taken } from './taken.ts'

export interface Target {
  readonly selector?: string
  readonly id?: string
}

export function narrowed({ selector, id }: Target): boolean {
  return selector !== undefined || id !== undefined
}

/** @param of whose element it is. */
export function elementConditions({ selector, id }: Target, of: 'click' | 'form'): Tested[] {
  return [
    ...(selector === undefined
      ? []
      : [{ ...equals({ kind: of, what: 'element' }, selector), operator: 'css' as const }]),
    ...(id === undefined ? [] : [equals({ kind: of, what: 'id' }, id)]),
  ]
}

/** The way back. */
export function targetFrom(
  conditions: readonly ConditionSpec[],
  of: 'click' | 'form',
): { readonly said: Target; readonly when: readonly ConditionSpec[] } {
  const selector = taken(conditions, 'cssSelector', `${of}Element`)
  const id = taken(selector.rest, 'equals', `${of}Id`)
  return {
    said: {
      ...(selector.value === undefined ? {} : { selector: selector.value }),
      ...(id.value === undefined ? {} : { id: id.value }),
    },
    when: id.rest,
  }
}

/** @param at of the kind: `/goals/x/trigger/link`. */
export function targetTexts({ selector, id }: Target, at: Pointer, on: string): readonly HeldText[] {
  return [
    ...(selector === undefined
      ? []
      : [{ at: `${at}/selector`, text: selector, sort: 'selector', on } as const]),
    ...(id === undefined ? [] : [{ at: `${at}/id`, text: id, sort: 'name' } as const]),
  ]
}
