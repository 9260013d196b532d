import { rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'

export const successMessagesAreAwaited = rule({
  code: 'success-messages-are-awaited',
  severity: 'warning',
  profile: 'recommended',
  title: 'A success message is watched for after the page has loaded.',
  reason:
    'It appears only after the form was sent; without watching for changes of the page it is never seen.',
  fix: 'remove `observeDom: false`.',
  source: 'https://support.google.com/tagmanager/answer/7679410',
  catalogue: ['L-T13'],
  *check(places) {
    for (const { id, triggers } of places.conversions) {
      for (const { at, trigger } of triggers) {
        const { visible } = trigger
        if (
          visible?.observeDom === false &&
          /success|thank|confirm|message|alert|done|toast/i.test(
            `${visible.selector ?? ''} ${visible.id ?? ''}`,
          )
        )
          yield {
            at: `${at}/visible/observeDom`,
            message: `${quoted(id)} waits for a message, but does not watch for what appears later.`,
          }
      }
    }
  },
})
