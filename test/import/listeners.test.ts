/**
 * What a listener's event is called and whom it names is said three times, because the runtime imports nothing of ours and lift
 * imports no triggers: here the three are held to be equal.
 */
import { expect, test } from 'vitest'
import { standingOf } from '../../src/lift/exceptions.ts'
import type { ConditionSpec, TriggerSpec } from '../../src/resources/resource.ts'
import { EVENT_OF_TYPE } from '../../src/runtime/core/container.ts'
import { ASKED_BY_ID } from '../../src/runtime/core/listeners.ts'
import { GROUP_COMPLETED } from '../../src/triggers/gtm.ts'
import { triggerKinds, triggerModule } from '../../src/triggers/kinds.ts'

const events: readonly (readonly [string, string])[] = [
  ...Object.entries(EVENT_OF_TYPE),
  ['timer', 'gtm.timer'],
]

const onEvent = (name: string): ConditionSpec => ({
  type: 'equals',
  arg0: '{{_event}}',
  arg1: name,
  negate: false,
  ignoreCase: false,
})
const trigger = (type: string, customEventFilter: readonly ConditionSpec[] = []): TriggerSpec => ({
  type,
  customEventFilter,
  filter: [],
  autoEventFilter: [],
  parameters: {},
  settings: {},
  other: {},
})

test.each(events)(
  'an import takes a trigger of the type %s to wait for %s, as the runtime does',
  (type, event) => {
    expect(standingOf(trigger(type), trigger('customEvent', [onEvent(event)]))).toBe('always')
    expect(standingOf(trigger(type), trigger('customEvent', [onEvent(`${event}.other`)]))).toBe('never')
  },
)

test.each(events)(
  'an import takes a trigger of the type %s to see the events of others, or not, as the runtime does',
  (type, event) => {
    const standing = standingOf(trigger('customEvent', [onEvent(event)]), trigger(type))
    expect(standing).toBe(ASKED_BY_ID.has(type) ? 'perhaps' : 'always')
  },
)

test('exceptions of the plan stand on the events that name who asked for them', () => {
  const listened = triggerKinds().flatMap((kind) => triggerModule(kind).listener ?? [])
  const named = events.flatMap(([type, event]) => (ASKED_BY_ID.has(type) ? [event] : []))
  expect([...listened, GROUP_COMPLETED.values.event].sort()).toEqual([...named].sort())
})
