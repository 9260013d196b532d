import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { withSharedShapes } from '../../scripts/shared-shapes.ts'

test('an object that begins as another one begins with nothing, and nothing else is changed', () => {
  expect(withSharedShapes('f({...a,b:{...c,d},...e});g={a,...b};h={...a}')).toBe(
    'f({...null,...a,b:{...null,...c,d},...e});g={a,...b};h={...a}',
  )
  const others =
    'const {...a}=b;({...c}=d);const [...e]=f;g(...h,{i});j=`{...k,l}`+"{...m,n}";/{...o,p}/.test(q)'
  expect(withSharedShapes(others)).toBe(others)
})

test('what it evaluates to is the same, in the same order', () => {
  const code = `const one = { b: 1, a: 2, get c() { return 3 } }
    JSON.stringify([{ ...one, d: 4 }, { ...one, a: 5 }, { ...undefined, ...one }, { ...(one && { ...one, a: { ...one, b: 0 } }), e: 6 }])`
  expect(runInNewContext(withSharedShapes(code))).toBe(runInNewContext(code))
  expect(withSharedShapes(code)).not.toBe(code)
})
