import { METHOD, rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'

export const oneGoalIsPrimary = rule({
  code: 'one-goal-is-primary',
  severity: 'error',
  profile: 'always',
  title: 'Exactly one goal is primary.',
  reason:
    'When two goals pull in different directions, the primary one decides; with none or several, nobody knows which.',
  fix: 'set `primary: true` on the one goal that decides.',
  source: METHOD,
  catalogue: ['L-P04'],
  *check(places) {
    const primary = places.goals.filter((goal) => goal.data.primary === true)
    const [only] = places.goals
    if (primary.length === 0 && only !== undefined) {
      const one = places.goals.length === 1
      const message = one
        ? `The only goal, ${quoted(only.id)}, is not marked as primary.`
        : 'No goal is primary.'
      const edit = { edit: { set: `${only.at}/primary`, value: true } as const }
      yield {
        at: one ? only.at : '/goals',
        about: 'key',
        absent: one ? 'primary' : '*',
        message,
        ...(one ? edit : {}),
      }
    }
    for (const goal of primary.slice(1)) {
      const message = `${quoted(goal.id)} is primary, but so is ${quoted(primary[0]?.id ?? '')}.`
      yield { at: `${goal.at}/primary`, message, fix: 'leave `primary: true` on the one that decides.' }
    }
  },
})
