import type { Pointer } from './diagnostic.ts'
import { pointerOf } from './diagnostic.ts'
import { buildCondition } from './build-source.ts'
import type { SingleTrigger, Trigger } from './plan.ts'
import type { Trigger as TriggerDocument } from './plan-types.ts'

const MILLISECONDS: { readonly [unit: string]: number } = { ms: 1, s: 1000, m: 60_000 }

/** The flat "one key of many" object of the language becomes a tagged union. */
export function buildTrigger(trigger: TriggerDocument, at: Pointer): Trigger {
  const common = {
    at,
    when: (trigger.when ?? []).map((each, index) => buildCondition(each, at + pointerOf('when', index))),
    unless: (trigger.unless ?? []).map((each, index) =>
      buildCondition(each, at + pointerOf('unless', index)),
    ),
  }
  const children = (list: readonly TriggerDocument[], name: string): Trigger[] =>
    list.map((child, index) => buildTrigger(child, at + pointerOf(name, index)))
  if (trigger.any) return { ...common, kind: 'any', triggers: children(trigger.any, 'any') }
  if (trigger.all) return { ...common, kind: 'all', triggers: children(trigger.all, 'all') }
  return { ...common, ...buildKind(trigger) }
}

type KindOf<T> = T extends unknown ? Omit<T, 'at' | 'when' | 'unless'> : never

function buildKind(trigger: TriggerDocument): KindOf<SingleTrigger> {
  if (trigger.dataLayer !== undefined) {
    return typeof trigger.dataLayer === 'string'
      ? { kind: 'dataLayer', event: trigger.dataLayer, regex: false }
      : { kind: 'dataLayer', event: trigger.dataLayer.matches, regex: true }
  }
  if (trigger.page) return { kind: 'page', moment: trigger.page }
  if (trigger.history) return { kind: 'history', ...trigger.history }
  if (trigger.click) return { kind: 'click', ...trigger.click }
  if (trigger.link) return { kind: 'link', ...waiting(trigger.link) }
  if (trigger.form) return { kind: 'form', ...waiting(trigger.form) }
  if (trigger.visible) {
    const { duration, percent = 50, frequency = 'once', observeDom = true, ...target } = trigger.visible
    const time = duration === undefined ? {} : { duration: milliseconds(duration) }
    return { kind: 'visible', ...target, percent, frequency, observeDom, ...time }
  }
  if (trigger.scroll) return { kind: 'scroll', percent: ascending(trigger.scroll.percent) }
  if (trigger.video) {
    const { start = false, complete = false, pause = false, percent = [] } = trigger.video
    return { kind: 'video', start, complete, pause, percent: ascending(percent) }
  }
  if (trigger.timer) {
    return { kind: 'timer', every: milliseconds(trigger.timer.every), limit: trigger.timer.limit ?? 1 }
  }
  if (trigger.error) return { kind: 'error' }
  throw new Error('A trigger without a kind passed the check.')
}

type Waiting = NonNullable<TriggerDocument['link']>

// Waiting delays the visitor and GA4 sends by beacon: off unless asked for.
function waiting(options: Waiting): Waiting & { waitForTags: boolean; checkValidation: boolean } {
  return { waitForTags: false, checkValidation: false, ...options }
}

function milliseconds(duration: string): number {
  const [, amount = '0', unit = 'ms'] = /^(\d+)(ms|s|m)$/.exec(duration) ?? []
  return Number(amount) * (MILLISECONDS[unit] ?? 1)
}

function ascending(numbers: readonly number[]): number[] {
  return [...numbers].sort((a, b) => a - b)
}
