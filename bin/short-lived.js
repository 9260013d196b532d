'use strict'
/**
 * V8 optimises what runs often, beside the program, as if it ran for hours. A command is over before that pays: of the
 * processor time of a `validate` a third went there, and 500 conversions are read faster without. What does run on is
 * still optimised, some moments later. Each V8 has its own words for it, and complains of one that it does not know.
 */
const v8 = require('node:v8')

const SINCE_12 = ['--invocation-count-for-maglev=5000', '--invocation-count-for-turbofan=20000']
const FLAGS = { 11: ['--interrupt-budget=1000000'], 12: SINCE_12, 13: SINCE_12 }

exports.optimiseLater = () => {
  for (const flag of FLAGS[process.versions.v8.split('.')[0]] ?? []) v8.setFlagsFromString(flag)
}
