import safeql from '@ts-safeql/eslint-plugin/config';
import svelte from 'eslint-plugin-svelte';
import tseslint from 'typescript-eslint';
import svelteConfig from './svelte.config.js';
import { fullWidthMarks } from './test/support/full-width-rule.ts';

/** The migrated database the SQL is checked against; `npm run lint` brings one. */
const databaseUrl = process.env.SAFEQL_DATABASE_URL;
if (!databaseUrl) throw new Error('Run `npm run lint`: it brings the migrated database that SQL is checked against.');

const typed = ['src/**/*.ts', 'db/**/*.ts', 'jobs/**/*.ts', 'test/**/*.ts', '*.ts'];

export default tseslint.config(
	{
		// Prettier breaks no SQL, comment or string: what it leaves longer is broken by hand.
		files: ['**/*.ts', '**/*.js', '**/*.svelte'],
		rules: { 'max-len': ['error', { code: 160, tabWidth: 2 }] }
	},
	{ ignores: ['build/', '.svelte-kit/', 'src/lib/paraglide/', 'node_modules/', '.data/', 'coverage/'] },
	{
		files: typed,
		extends: [tseslint.configs.base],
		languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
		rules: {
			// An un-awaited query of postgres.js never runs.
			'@typescript-eslint/no-floating-promises': 'error',
			'@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
			'@typescript-eslint/await-thenable': 'error',
			'@typescript-eslint/no-explicit-any': 'error',
			'@typescript-eslint/no-non-null-assertion': 'error',
			'@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrors: 'none' }],
			'@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
			'@typescript-eslint/consistent-type-imports': 'error',
			'@typescript-eslint/ban-ts-comment': 'error',
			'no-restricted-syntax': [
				'error',
				{
					selector: "CallExpression[callee.property.name='reserve']",
					message: 'A reserved connection is lost when a page throws: use the door (asActor, asSystem).'
				},
				{
					selector: "CallExpression[callee.name='Number'][arguments.0.type='Literal'][arguments.0.value='']",
					message: "Number('') is 0: an empty box is missing."
				},
				{ selector: "CallExpression[callee.name='parseFloat']", message: 'Money is decimal: see domain/decimal.ts.' }
			],
			eqeqeq: ['error', 'always'],
			'no-console': 'off'
		}
	},
	{
		// The rules ask nobody for the time (today is an argument).
		files: ['src/lib/domain/**/*.ts'],
		rules: {
			'no-restricted-globals': ['error', 'process', 'fetch', 'setTimeout'],
			'no-restricted-syntax': [
				'error',
				{ selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'Today is an argument.' },
				{ selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']", message: 'Today is an argument.' },
				{ selector: "CallExpression[callee.object.name='Math'][callee.property.name='random']", message: 'A rule answers the same twice.' },
				{ selector: "CallExpression[callee.name='parseFloat']", message: 'Money is decimal: see decimal.ts.' }
			]
		}
	},
	{
		files: ['src/lib/server/**/*.ts', 'jobs/**/*.ts'],
		extends: [
			safeql.configs.connections({
				databaseUrl,
				overrides: {
					types: {
						int8: 'string',
						numeric: 'string',
						date: { parameter: { regex: '^(Day|DayClause)( \\| null)?$' }, return: 'string' },
						timestamptz: { parameter: { regex: '^(Date|InstantClause)( \\| null)?$' }, return: 'Date' },
						jsonb: 'unknown',
						json: 'unknown',
						bytea: 'Uint8Array',
						// A clause of the door (who may see what) stands where a condition stands.
						bool: { parameter: { regex: '^(Clause|boolean)( \\| null)?$' }, return: 'boolean' }
					}
				},
				targets: [
					{ tag: 'sql', transform: '{type}[]' },
					{ tag: 'db.sql', transform: '{type}[]' },
					{ tag: 'tx', transform: '{type}[]' }
				]
			})
		]
	},
	{
		// These rooms run in the browser too, and terminals with Chromium 109 exist.
		files: ['src/lib/domain/**/*.ts', 'src/lib/forms/**/*.ts', 'src/lib/ui/**/*.ts', 'src/**/*.svelte'],
		rules: {
			'no-restricted-properties': [
				'error',
				...['toSorted', 'toReversed', 'toSpliced', 'isWellFormed'].map((property) => ({ property, message: 'Chromium 109 does not have it.' }))
			]
		}
	},
	{
		// What people read; lists of other people's spellings to be recognised are regular expressions, which it passes by.
		files: ['src/**/*.ts', 'src/**/*.svelte', 'jobs/**/*.ts', 'db/**/*.ts'],
		ignores: ['src/lib/words/punctuation.ts'],
		plugins: { words: { rules: { 'full-width-marks': fullWidthMarks } } },
		rules: { 'words/full-width-marks': 'error' }
	},
	{
		files: ['**/*.svelte', '**/*.svelte.ts'],
		extends: [...svelte.configs.recommended],
		languageOptions: { parserOptions: { parser: tseslint.parser, extraFileExtensions: ['.svelte'], svelteConfig } },
		rules: {
			'svelte/no-at-html-tags': 'error',
			'svelte/no-inline-styles': 'error',
			'svelte/no-navigation-without-resolve': 'off',
			// An instant that is replaced as a whole need not be watched inside.
			'svelte/prefer-svelte-reactivity': 'off'
		}
	}
);
