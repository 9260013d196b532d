import { METHOD, rule } from '../../rule.ts'
import { areSteps, hearOneAction, heardBy, type Heard } from '../../overlaps.ts'
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
    const sharing = new Map<string, { conversion: PlacedConversion; heard: readonly Heard[] }[]>()
    for (const conversion of places.conversions) {
      const { event, trigger } = conversion.data
      if (!conversion.tagged || event === undefined || trigger === undefined) continue
      const before = sharing.get(event) ?? []
      const heard = heardBy(trigger, `${conversion.at}/trigger`)
      const same = before.find(
        (each) => JSON.stringify(each.conversion.data.trigger) === JSON.stringify(trigger),
      )
      const overlapping =
        same ??
        before.find((each) => {
          const differ = parametersOf(each.conversion) !== parametersOf(conversion)
          return each.heard.some((one) =>
            heard.some((other) => hearOneAction(one, other) && !(differ && areSteps(one, other))),
          )
        })
      const twin = overlapping?.conversion
      if (twin !== undefined)
        yield {
          at: `${conversion.at}/event`,
          message: `${quoted(conversion.id)} sends ${quoted(event)} on the same ${same === undefined ? 'action' : 'trigger'} as ${twin.tier === 'goal' ? 'the goal' : 'the micro conversion'} ${quoted(twin.id)}.`,
        }
      sharing.set(event, [...before, { conversion, heard }])
    }
  },
})

function parametersOf({ data }: PlacedConversion): string {
  return JSON.stringify(data.parameters ?? {})
}
