import js from '@eslint/js'
import tseslint from 'typescript-eslint'

export default tseslint.config(
  {
    ignores: [
      'dist',
      'node_modules',
      'src/plan/plan-types.ts',
      'src/analytics/scorecard-types.ts',
      'coverage',
      'test/docs/programs',
    ],
  },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  {
    files: ['src/**/*.ts', 'test/**/*.ts', 'scripts/**/*.ts'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/require-await': 'error',
      // `{ target, ...rest }` is how a field is left out.
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportDefaultDeclaration', message: 'Name the export.' },
        {
          selector: "CallExpression[callee.object.name='process'][callee.property.name='exit']",
          message: 'Return an exit code; process.exit cuts piped output.',
        },
      ],
    },
  },
  {
    // Only cli.ts prints; everything else returns values or writes through Io.
    files: ['src/**/*.ts'],
    ignores: ['src/cli.ts'],
    rules: { 'no-console': 'error', 'no-restricted-globals': ['error', 'process'] },
  },
  {
    files: ['*.config.ts', '*.config.js'],
    ...tseslint.configs.disableTypeChecked,
    rules: { ...tseslint.configs.disableTypeChecked.rules, 'no-restricted-syntax': 'off' },
    languageOptions: { globals: { process: 'readonly', URL: 'readonly' } },
  },
  {
    // What runs in a page that somebody opened from disk.
    files: ['templates/pages/*.js'],
    languageOptions: {
      globals: Object.fromEntries(
        'document navigator setTimeout URLSearchParams URL location history addEventListener dispatchEvent Event EventSource DOMParser fetch requestAnimationFrame scrollY innerHeight scrollBy'
          .split(' ')
          .map((name) => [name, 'readonly']),
      ),
    },
  },
  {
    // What runs before the bundle does: CommonJS, because Node starts it faster.
    files: ['bin/*.js', 'scripts/*.cjs'],
    ...tseslint.configs.disableTypeChecked,
    rules: {
      ...tseslint.configs.disableTypeChecked.rules,
      '@typescript-eslint/no-require-imports': 'off',
      'no-restricted-syntax': 'off',
    },
    languageOptions: {
      sourceType: 'commonjs',
      globals: { process: 'readonly', require: 'readonly', exports: 'writable', __dirname: 'readonly' },
    },
  },
)
