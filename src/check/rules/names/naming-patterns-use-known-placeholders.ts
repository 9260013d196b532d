import { rule } from '../../rule.ts'
import { pointerOf } from '../../../plan/diagnostic.ts'
import { didYouMean } from '../../schema/did-you-mean.ts'
import { quoted } from '../../schema/words.ts'
import { or } from '../../../words/counting.ts'

export const namingPatternsUseKnownPlaceholders = rule({
  code: 'naming-patterns-use-known-placeholders',
  severity: 'error',
  profile: 'always',
  title: 'A naming pattern uses placeholders that exist, and tells things apart.',
  reason:
    'An unknown placeholder would stand in every name as it is, and without an id all names would be the same.',
  fix: 'use {event}, {id}, {title}, {kind}, {source}, {stage} and {plan}.',
  source: 'The plan language',
  catalogue: ['L-T22'],
  *check(places) {
    const known = ['event', 'id', 'title', 'kind', 'source', 'stage', 'plan']
    const telling = {
      tag: ['event', 'id', 'title'],
      trigger: ['event', 'id', 'title'],
      variable: ['source'],
      folder: ['title', 'id', 'stage'],
    }
    for (const [kind, pattern] of Object.entries(places.plan.naming ?? {}) as [
      keyof typeof telling,
      string,
    ][]) {
      const at = pointerOf('naming', kind)
      const used = [...pattern.matchAll(/\{([^{}]*)\}/g)].map((match) => match[1] ?? '')
      const unknown = used.find((name) => !known.includes(name))
      if (unknown !== undefined) {
        const meant = didYouMean(unknown, known)
        yield {
          at,
          message: `There is no placeholder {${unknown}}.`,
          ...(meant === undefined ? {} : { fix: `did you mean {${meant}}?` }),
        }
      } else if (!used.some((name) => telling[kind].includes(name))) {
        yield {
          at,
          message: `Every ${kind} would have the same name: the pattern ${quoted(pattern)} has nothing that differs.`,
          fix: `add ${or(telling[kind].map((name) => `{${name}}`))}.`,
        }
      }
    }
  },
})
