import { rule } from '../../rule.ts'
import { pointerOf, type Pointer } from '../../../plan/diagnostic.ts'

export const titlesAreOneLine = rule({
  code: 'titles-are-one-line',
  severity: 'error',
  profile: 'always',
  title: 'Titles hold no line breaks and no control characters.',
  reason:
    'Titles become names in GTM and GA4. Google refuses or drops such characters, and marks that turn the reading order make one name look like another.',
  fix: 'type the title anew, in one line.',
  source:
    'https://developers.google.com/tag-platform/tag-manager/api/reference/rest/v2/accounts.containers.workspaces.tags',
  *check(places) {
    const titled: readonly (readonly [Pointer, unknown])[] = [
      ['/title', places.plan.title],
      ...places.stages.map(({ at, stage }) => [`${at}/title`, stage.title] as const),
      ...places.conversions.map(({ at, title }) => [`${at}/title`, title] as const),
      ...places.environments.map(({ at, environment }) => [`${at}/title`, environment.title] as const),
      ...Object.entries(places.plan.touchpoints ?? {}).map(
        ([id, title]) => [pointerOf('touchpoints', id), title] as const,
      ),
    ]
    for (const [at, title] of titled) {
      const odd = typeof title === 'string' ? CONTROL.exec(title)?.[0] : undefined
      if (odd === undefined) continue
      const code = (odd.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')
      yield {
        at,
        message:
          odd === '\n'
            ? 'The title runs over several lines.'
            : `The title holds the control character U+${code}.`,
      }
    }
  },
})

/** Control characters, line and paragraph separators, and what turns the reading order; joiners of scripts stay. */
// eslint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff]/
