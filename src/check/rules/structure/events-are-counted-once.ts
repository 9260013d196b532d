import { METHOD, rule } from '../../rule.ts'
import { areSteps, hearOneAction, heardBy, type Heard } from '../../overlaps.ts'
import type { Trigger } from '../../../plan/plan-types.ts'
import type { PlacedConversion } from '../../places.ts'
import { quoted } from '../../schema/words.ts'

export const eventsAreCountedOnce = rule({
  code: 'events-are-counted-once',
  severity: 'error',
  profile: 'minimal',
  title: 'One action is one conversion.',
  reason:
    'Two conversions with the same event whose triggers hear the same action count it twice, and GA4 cannot tell them apart.',
  fix: 'remove one of the two, or leave out of the wider one what the other counts, by `unless`, and tell them apart by a parameter.',
  source: METHOD,
  catalogue: ['L-P09', 'L-T15'],
  *check(places) {
    for (const [event, conversions] of sharingAnEvent(places.conversions)) {
      const before: Counted[] = []
      const byTrigger = new Map<string, PlacedConversion>()
      for (const conversion of conversions) {
        const { trigger = {} } = conversion.data
        const text = JSON.stringify(trigger)
        const same = byTrigger.get(text)
        const counted = countedBy(conversion, trigger)
        const twin = same ?? before.find((each) => overlap(each, counted))?.conversion
        if (twin !== undefined)
          yield {
            at: `${conversion.at}/event`,
            message: `${quoted(conversion.id)} sends ${quoted(event)} on the same ${same === undefined ? 'action' : 'trigger'} as ${twin.tier === 'goal' ? 'the goal' : 'the micro conversion'} ${quoted(twin.id)}.`,
          }
        if (same === undefined) byTrigger.set(text, conversion)
        before.push(counted)
      }
    }
  },
})

interface Counted {
  readonly conversion: PlacedConversion
  readonly heard: readonly Heard[]
  readonly parameters: string
}

function countedBy(conversion: PlacedConversion, trigger: Trigger): Counted {
  return {
    conversion,
    heard: heardBy(trigger, `${conversion.at}/trigger`),
    parameters: JSON.stringify(conversion.data.parameters ?? {}),
  }
}

function overlap(a: Counted, b: Counted): boolean {
  const differ = a.parameters !== b.parameters
  return a.heard.some((one) =>
    b.heard.some((other) => hearOneAction(one, other) && !(differ && areSteps(one, other))),
  )
}

/** Only where there are several. */
function sharingAnEvent(
  conversions: readonly PlacedConversion[],
): (readonly [string, readonly PlacedConversion[]])[] {
  const sharing = new Map<string, PlacedConversion[]>()
  for (const conversion of conversions) {
    const { event, trigger } = conversion.data
    if (!conversion.tagged || event === undefined || trigger === undefined) continue
    const others = sharing.get(event)
    if (others === undefined) sharing.set(event, [conversion])
    else others.push(conversion)
  }
  return [...sharing].filter(([, { length }]) => length > 1)
}
