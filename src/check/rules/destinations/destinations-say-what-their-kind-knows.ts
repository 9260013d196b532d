import { pointerOf } from '../../../plan/diagnostic.ts'
import { destinationModule } from '../../../destinations/kinds.ts'
import { rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'

export const destinationsSayWhatTheirKindKnows = rule({
  code: 'destinations-say-what-their-kind-knows',
  severity: 'error',
  profile: 'always',
  title: 'A destination says what its kind understands.',
  reason: 'What a vendor’s tags have no place for would be left out without a word.',
  fix: 'remove it.',
  source: 'The plan language',
  *check({ destinations }) {
    for (const { id, at, destination } of destinations) {
      if (destination.kind === undefined) continue
      const { title, options, userData } = destinationModule(destination.kind)
      const known = new Set<string>([...OF_ALL, ...options, ...(userData === 'none' ? [] : ['userData'])])
      for (const field of Object.keys(destination)) {
        if (!known.has(field))
          yield {
            at: at + pointerOf(field),
            about: 'key',
            message: `${title} has no use for \`${field}\`, which ${quoted(id)} says.`,
          }
      }
      if (known.has('html') && destination.html === undefined)
        yield {
          at,
          about: 'key',
          absent: 'html',
          message: `${quoted(id)} is of the kind html and has none.`,
          fix: 'add `html: ./tags/FILE.html`, a file beside the plan, or the HTML itself.',
        }
    }
  },
})

const OF_ALL = ['kind', 'id', 'sends', 'consent', 'loader']
