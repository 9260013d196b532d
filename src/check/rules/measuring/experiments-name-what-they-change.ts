import { METHOD, rule } from '../../rule.ts'
import { pointerOf } from '../../../plan/diagnostic.ts'
import { didYouMean } from '../../schema/did-you-mean.ts'
import { quoted } from '../../schema/words.ts'
import { or } from '../../../words/counting.ts'

export const experimentsNameWhatTheyChange = rule({
  code: 'experiments-name-what-they-change',
  severity: 'error',
  profile: 'always',
  title:
    'An experiment names a conversion that it improves, goals that guard it, and a parameter that is sent.',
  reason: 'What is misspelt there has no numbers, and after weeks of trying nobody can say who won.',
  fix: 'use ids of the plan, and a parameter of its dictionary.',
  source: METHOD,
  *check(places) {
    const ids = places.conversions.map(({ id }) => id)
    const goals = places.goals.map(({ id }) => id)
    const parameters = places.parameters.map(({ name }) => name)
    const fixOf = (name: string, all: readonly string[]): string | undefined => {
      const meant = didYouMean(name, all)
      if (meant !== undefined) return `did you mean ${quoted(meant)}?`
      return all.length > 0 && all.length <= 6 ? `write ${or(all)}.` : undefined
    }
    for (const [id, experiment] of Object.entries(places.plan.experiments ?? {})) {
      const at = pointerOf('experiments', id)
      const said = (place: string, message: string, name: string, all: readonly string[]) => {
        const fix = fixOf(name, all)
        return { at: place, message, ...(fix === undefined ? {} : { fix }) }
      }
      const { improves, guards = [], parameter, startsOn, endsOn } = experiment
      if (!ids.includes(improves))
        yield said(
          at + pointerOf('improves'),
          `The plan has no conversion ${quoted(improves)}.`,
          improves,
          ids,
        )
      for (const [index, guard] of guards.entries())
        if (!goals.includes(guard))
          yield said(at + pointerOf('guards', index), `The plan has no goal ${quoted(guard)}.`, guard, goals)
      if (!parameters.includes(parameter))
        yield {
          ...said(
            at + pointerOf('parameter'),
            `The variant is read from ${quoted(parameter)}, which is not in the dictionary of parameters.`,
            parameter,
            parameters,
          ),
          severity: 'warning' as const,
        }
      if (endsOn !== undefined && endsOn < startsOn)
        yield {
          at: at + pointerOf('endsOn'),
          message: `It ends on ${endsOn}, before it starts on ${startsOn}.`,
          fix: 'give a later day.',
        }
    }
  },
})
