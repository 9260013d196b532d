import { rule } from '../../rule.ts'
import { pointerOf } from '../../../plan/diagnostic.ts'
import { quoted } from '../../schema/words.ts'

export const variablesAreUsed = rule({
  code: 'variables-are-used',
  severity: 'warning',
  profile: 'recommended',
  title: 'Every variable of the plan is used.',
  reason: 'One that is not is left over, or misspelt where it was meant.',
  fix: 'remove it, or use it as ${NAME}.',
  source: 'The plan language',
  catalogue: ['L-T14'],
  *check(places) {
    const found = [
      { at: '/vars', vars: places.plan.vars },
      ...places.environments.map(({ at, environment }) => ({ at: `${at}/vars`, vars: environment.vars })),
    ]
    for (const [index, name] of (places.plan.env ?? []).entries()) {
      if (!places.usedVariables.has(name))
        yield { at: pointerOf('env', index), message: `Nothing uses the variable ${quoted(name)}.` }
    }
    for (const { at, vars } of found) {
      for (const name of Object.keys(vars ?? {})) {
        if (!places.usedVariables.has(name))
          yield {
            at: at + pointerOf(name),
            about: 'key',
            message: `Nothing uses the variable ${quoted(name)}.`,
          }
      }
    }
  },
})
