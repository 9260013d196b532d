import { pointerOf } from '../../../plan/diagnostic.ts'
import { rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'

export const wasNamesWhatIsGone = rule({
  code: 'was-names-what-is-gone',
  severity: 'error',
  profile: 'always',
  title: '`was` names an id that the plan no longer has.',
  reason:
    '`was` moves what exists at Google from the old id to the new one; an id that is still in use would lose its tag to the other.',
  fix: 'remove `was`, or rename the other one.',
  source: 'The plan language',
  *check(places) {
    const groups = [
      places.conversions.map(({ id, at, data }) => ({ id, at, was: data.was })),
      places.stages.map(({ id, at, stage }) => ({ id, at, was: stage.was })),
      places.audiences.map(({ id, at, audience }) => ({ id, at, was: audience.was })),
      places.parameters.map(({ name, at, definition }) => ({ id: name, at, was: definition.was })),
      Object.entries(places.plan.property?.derived ?? {}).map(([id, { was }]) => ({
        id,
        at: pointerOf('property', 'derived', id),
        was,
      })),
    ]
    for (const group of groups) {
      const claimed = new Map<string, string>()
      for (const { id, at, was } of group) {
        if (was === undefined) continue
        const place = { at: `${at}/was` }
        const other = claimed.get(was)
        if (was === id)
          yield {
            ...place,
            message: `${quoted(id)} says that it was itself.`,
            fix: 'remove `was`.',
            edit: { remove: `${at}/was` },
          }
        else if (group.some((one) => one.id === was))
          yield {
            ...place,
            message: `${quoted(id)} says that it was ${quoted(was)}, but the plan still has ${quoted(was)}.`,
          }
        else if (other !== undefined)
          yield {
            ...place,
            message: `${quoted(id)} and ${quoted(other)} both say that they were ${quoted(was)}.`,
            fix: 'leave `was` on the one that carries on.',
          }
        claimed.set(was, id)
      }
    }
  },
})
