import { minifySync, type Plugin } from 'vite';

/** Stands in the client's code where the language is asked for, until each language gets its own files. No browser ever sees it. */
const ASKED = 'globalThis.__SITE_LANGUAGE__';
const BASE = 'zh-CN';
/** Languages whose scripts stand in a folder of their own beside those of the base language. */
const OTHERS = ['en'] as const;
const SCRIPTS = '_app/immutable/';

/** What the compiled words ask, and the openings of the functions that ask it. Words that look different stop the build: then their compiler changed. */
const CHOICE = 'experimentalStaticLocale ?? options.locale ?? getLocale()';
const WITHOUT_INPUTS = '((inputs = {}, options = {}) => {';
const WITH_INPUTS = '((inputs, options = {}) => {';

/**
 * A page speaks one language, so its scripts carry the words of one: the compiler of the words puts both into every word, which is a fifth of a page's script.
 * Each chunk is written twice, to `_app/immutable/` in Chinese and to `_app/immutable/en/` in English; `src/hooks.server.ts` sends a page to its own.
 * Changing the language loads the page anew. Served by `vite dev` the words keep both.
 */
export function languageTrees(): Plugin {
	let target: string | string[] = 'es2022';
	return {
		name: 'language-trees',
		apply: 'build',
		enforce: 'post',
		applyToEnvironment: ({ name }) => name === 'client',
		configResolved({ build }) {
			if (build.target) target = build.target;
		},
		transform(code, id) {
			if (/\/paraglide\/runtime\.js$/.test(id)) return { code: `export const getLocale = () => ${ASKED};`, map: null };
			if (!/\/paraglide\/messages\/(?!_index)\w+\.js$/.test(id)) return null;
			return { code: asksOnce(code, id), map: null };
		},
		generateBundle: {
			// After Vite has written into each chunk what is fetched along with it.
			order: 'post',
			handler(_options, bundle) {
				for (const chunk of Object.values(bundle)) {
					if (chunk.type !== 'chunk') continue;
					const both = chunk.code;
					chunk.code = inLanguage(both, chunk.fileName, BASE, target);
					for (const language of OTHERS) {
						const fileName = chunk.fileName.replace(SCRIPTS, `${SCRIPTS}${language}/`);
						// Styles and pictures speak no language and stay where they are, a folder further up.
						const source = inLanguage(both, chunk.fileName, language, target).replaceAll('../assets/', '../../assets/');
						this.emitFile({ type: 'asset', fileName, source });
					}
				}
			}
		}
	};
}

function inLanguage(code: string, name: string, language: string, target: string | string[]): string {
	if (!code.includes(ASKED)) return code;
	const made = minifySync(name, code.replaceAll(ASKED, JSON.stringify(language)), { module: true, compress: { target }, mangle: true, codegen: true });
	if (made.errors.length > 0) throw new Error(`${name}: ${made.errors.map(({ message }) => message).join('; ')}`);
	return made.code;
}

/** A compiled word that takes no language from its caller, and nothing it does not use. */
function asksOnce(code: string, id: string): string {
	const plain = code.includes(WITHOUT_INPUTS);
	if (!code.includes(CHOICE) || plain === code.includes(WITH_INPUTS)) throw new Error(`The compiled word ${id} does not ask for its language as expected`);
	// The forms of a figure are declared for all languages; Chinese has one form and never asks which.
	const asked = code
		.replace(CHOICE, ASKED)
		.replace(/^import .*runtime\.js';$/m, '')
		.replace(/const \w+Plural = registry\.plural\("zh-CN", [^;]*\);/g, '');
	return plain ? asked.replace(WITHOUT_INPUTS, '(() => {').replaceAll('(inputs)', '()') : asked.replace(WITH_INPUTS, '((inputs) => {');
}
