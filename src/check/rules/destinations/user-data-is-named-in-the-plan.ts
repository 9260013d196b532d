import { pointerOf, type Pointer } from '../../../plan/diagnostic.ts'
import { or } from '../../../words/counting.ts'
import { rule } from '../../rule.ts'
import { didYouMean } from '../../schema/did-you-mean.ts'
import { quoted } from '../../schema/words.ts'

export const userDataIsNamedInThePlan = rule({
  code: 'user-data-is-named-in-the-plan',
  severity: 'error',
  profile: 'always',
  title: '`userData` names an entry of the plan.',
  reason:
    "What the page knows of a visitor stands once, under the plan's `userData`; whoever takes it names it.",
  fix: 'add it under `userData`.',
  source: 'The plan language',
  *check(places) {
    const ids = Object.keys(places.plan.userData ?? {})
    const named: (readonly [Pointer, string | undefined])[] = [
      ...Object.entries(places.plan.destinations ?? {}).map(
        ([name, { userData }]) => [pointerOf('destinations', name, 'userData'), userData] as const,
      ),
      ...places.conversions.flatMap(({ at, data }) => [
        [`${at}/userData`, typeof data.userData === 'string' ? data.userData : undefined] as const,
        ...Object.entries(data.send ?? {}).map(
          ([to, said]) =>
            [
              at + pointerOf('send', to, 'userData'),
              typeof said === 'object' ? said.userData : undefined,
            ] as const,
        ),
      ]),
    ]
    for (const [at, name] of named) {
      if (name === undefined || ids.includes(name)) continue
      const meant = didYouMean(name, ids)
      yield {
        at,
        message: `The plan has no user data called ${quoted(name)}.`,
        ...(meant !== undefined
          ? { fix: `did you mean ${quoted(meant)}?` }
          : ids.length > 0
            ? { fix: `write ${or(ids)}, or add it under \`userData\`.` }
            : {}),
      }
    }
  },
})
