/** Keys are how the product knows things; people know them by what the plan says, or by what GTM calls them. */
import { expect, test } from 'vitest'
import { diff } from '../../src/diff/diff.ts'
import { renderChangeSetMarkdown } from '../../src/render/change-set-markdown.ts'
import { renderChangeSetText } from '../../src/render/change-set-text.ts'
import { partsOf } from '../../src/resources/key.ts'
import { diffOptions } from '../apply/harness.ts'
import { compileFile } from '../compile/compile-file.ts'
import { liveStateOf } from '../diff/live-state.ts'

test.each(['plans/outfitters.yaml', 'plans/workspace.yaml'])(
  'a first diff of %s names nothing by its key',
  async (file) => {
    const { plan, compiled } = await compileFile(file)
    const { resources } = compiled
    const { changeSet } = diff(resources, liveStateOf({ plan: plan.id }), diffOptions())
    const [readable = ''] = renderChangeSetMarkdown(changeSet).split('<details><summary>Every field')
    const words = new Set(
      [renderChangeSetText(changeSet, { width: Infinity }), readable].flatMap((text) =>
        text.split(/[^\w.~-]+/),
      ),
    )
    // Ids of a plan's own making have neither; what is called so in the plan or in GTM may.
    const inner = resources.flatMap(({ kind, key, name }) => {
      const { id } = partsOf(key)
      return kind.startsWith('gtm/') && /[.~-]/.test(id) && !name.includes(id) ? [id] : []
    })
    expect(inner.length).toBeGreaterThan(0)
    expect(inner.filter((id) => words.has(id))).toEqual([])
  },
)
