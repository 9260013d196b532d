/** GA4's items in a vendor's shape: code in a variable, because GTM's own tags take a list whole. */
import { OF_ITEMS, type JavascriptSource } from '../sources/javascript.ts'
import type { Source } from '../sources/source.ts'

/** A list of objects, each of a vendor's names with the one that GA4 has for it. */
export function itemsAs(items: Source, names: { readonly [name: string]: string }): JavascriptSource {
  const fields = Object.entries(names).map(([name, of]) => `${name}:item.${of}`)
  return fromItems('items', items, 'var all=[];', `all.push({${fields.join(',')} })`, 'all')
}

/** A list of their ids. */
export function itemIds(items: Source): JavascriptSource {
  return fromItems('item_ids', items, 'var all=[];', 'all.push(item.item_id)', 'all')
}

/** How many pieces there are. */
export function itemCount(items: Source): JavascriptSource {
  return fromItems('pieces', items, 'var sum=0;', 'sum+=Number(item.quantity)||1', 'sum')
}

function fromItems(
  called: string,
  items: Source,
  before: string,
  each: string,
  result: string,
): JavascriptSource {
  return {
    kind: 'javascript',
    called,
    code: [
      OF_ITEMS,
      items,
      `||[],i,item;${before}for(i=0;i<items.length;i++){item=items[i];${each} }return ${result} }`,
    ],
  }
}
