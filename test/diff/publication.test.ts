/** What putting a version live means, in the words of the plan. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { publicationOf } from '../../src/diff/publication.ts'
import { renderPublicationText } from '../../src/render/publication-text.ts'
import { Colleague, theirTag } from '../apply/colleague.ts'
import { TARGET, World } from '../apply/harness.ts'
import { resourcesOf, type SmallPlan } from '../apply/make-resources.ts'

let world: World
beforeAll(async () => {
  world = await World.start()
})
afterAll(() => world.sandbox.close())

const BEFORE: SmallPlan = {
  conversions: [
    { id: 'signup', sends: ['method'], title: 'Sign-up' },
    { id: 'search', sends: ['place'], target: '9% of sessions' },
  ],
  variables: { method: '', place: '' },
}
const AFTER: SmallPlan = {
  conversions: [
    { id: 'search', event: 'search_done', title: 'search', sends: ['hits'], target: '9% of sessions' },
  ],
  variables: { hits: '' },
}

test('what changes is told as a diff tells it, forwards and back; of others the names', async () => {
  await world.apply(resourcesOf(BEFORE), { publish: true })
  await world.apply(resourcesOf(AFTER))
  await new Colleague(world).edit((desk) => desk.create('tags', theirTag('Chat', 'Page URL')))
  const { published, content } = await world.live()
  if (published === undefined) throw new Error('nothing is live')
  expect(renderPublicationText(publicationOf(published, content, TARGET))).toMatchInlineSnapshot(`
    "Going live (version 2 is live now):
    ! The conversion "Sign-up" (signup) goes: its event signup is no longer
      collected by it.

    - conversion signup  Sign-up
          delete  tag GA4 Event - Sign-up, trigger CE - Sign-up,
                  variable DLV - method

    ~ conversion search  search
          Event            search -> search_done
          Trigger          data layer event search -> data layer event search_done
          Parameter hits   data layer key hits
          Parameter place  data layer key place (removed)
          create  variable DLV - hits
          update  tag GA4 Event - search, trigger CE - search
          delete  variable DLV - place
          ! To GA4, search_done is a new event: reports, audiences and funnels that
            name search stop growing.

    not this plan's
      + the tag "Chat" (Custom HTML)
    "
  `)
  const back = publicationOf({ id: '4', content }, published.content, TARGET)
  expect(renderPublicationText({ ...back, others: [] })).toMatchInlineSnapshot(`
    "Going live (version 4 is live now):
    ~ conversion search  search
          Event            search_done -> search
          Trigger          data layer event search_done -> data layer event search
          Parameter place  data layer key place
          Parameter hits   data layer key hits (removed)
          create  variable DLV - place
          update  tag GA4 Event - search, trigger CE - search
          delete  variable DLV - hits
          ! To GA4, search is a new event: reports, audiences and funnels that name
            search_done stop growing.

    + conversion signup  Sign-up
          Event             signup
          Trigger           data layer event signup
          Parameter method  data layer key method
          Notes             Sign-up
          create  tag GA4 Event - Sign-up, trigger CE - Sign-up,
                  variable DLV - method

    "
  `)
})
