import { rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'

export const htmlIsThere = rule({
  code: 'html-is-there',
  severity: 'error',
  profile: 'always',
  title: 'A destination of the kind html has some.',
  reason: 'GTM refuses a Custom HTML tag without any.',
  fix: 'add `html: ./tags/FILE.html`, a file beside the plan, or the HTML itself.',
  source: 'The plan language',
  *check({ destinations }) {
    for (const { id, at, destination } of destinations)
      if (destination.kind === 'html' && destination.html === undefined)
        yield { at, about: 'key', absent: 'html', message: `${quoted(id)} is of the kind html and has none.` }
  },
})
