import { rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'

export const idsDifferEachTime = rule({
  code: 'ids-differ-each-time',
  severity: 'error',
  profile: 'always',
  title: 'What tells one occurrence or one visitor from another is read from the page.',
  reason:
    'A text of the plan is the same for everybody: by it a vendor takes all conversions for one, or all visitors for one.',
  fix: 'write where the page has it: `{ dataLayer: event_id }`.',
  source: 'The plan language',
  *check({ sources }) {
    for (const { at, name, use, source, kind } of sources) {
      const isVisitor = use === 'visitor' && (name === 'email' || name === 'phone')
      const tellsApart = isVisitor || at === '/eventId' || (use === 'sent' && /\/send\/[^/]+\/id$/.test(at))
      if (!tellsApart || kind !== 'literal') continue
      yield {
        at,
        message: `${quoted(String(source))} is the same each time, and ${isVisitor ? `is nobody's ${name}` : 'tells nothing apart'}.`,
        ...(isVisitor
          ? { fix: `write where the page has it: \`{ dataLayer: user.${name} }\`.` }
          : typeof source === 'string' && /^[\w.]+$/.test(source)
            ? { fix: `write \`{ dataLayer: ${source} }\` if that is the key under which the site pushes it.` }
            : {}),
      }
    }
  },
})
