import { pointerOf, type Pointer } from '../../../plan/diagnostic.ts'
import type { Trigger } from '../../../plan/plan-types.ts'
import { rule } from '../../rule.ts'

export const existingTriggersAreTakenAsTheyAre = rule({
  code: 'existing-triggers-are-taken-as-they-are',
  severity: 'error',
  profile: 'always',
  title: 'A trigger of the container has the conditions that it has.',
  reason:
    "Conditions stand in a trigger itself, and this one is somebody else's: the plan does not write it. What keeps the whole tag from firing is a trigger of its own, so `unless` beside it is taken.",
  fix: 'take the condition out, write the trigger in the words of the plan, or ask for another one in GTM.',
  source: 'https://support.google.com/tagmanager/answer/7679316',
  *check(places) {
    const owners = [
      ...places.conversions.map(({ at, data }) => ({ at, trigger: data.trigger })),
      ...places.destinations.map(({ at, destination }) => ({ at, trigger: destination.trigger })),
    ]
    for (const { at, trigger } of owners)
      if (trigger !== undefined)
        for (const place of conditionsOn({ ...trigger, unless: [] }, `${at}/trigger`, []))
          yield {
            at: place,
            about: 'key',
            message: 'This would have to stand in a trigger that is in GTM already and not of this plan.',
          }
  },
})

/** The conditions that would have to stand in an existing trigger, those of the groups around it among them. */
function conditionsOn(trigger: Trigger, at: Pointer, around: readonly Pointer[]): ReadonlySet<Pointer> {
  const own = (['when', 'unless'] as const).filter((list) => (trigger[list] ?? []).length > 0)
  const all = [...around, ...own.map((list) => at + pointerOf(list))]
  const members = (['any', 'all'] as const).flatMap((group) =>
    (trigger[group] ?? []).flatMap((one, index) => [...conditionsOn(one, at + pointerOf(group, index), all)]),
  )
  return new Set(trigger.existing === undefined ? members : [...all, ...members])
}
