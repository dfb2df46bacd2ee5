import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vitest/config';
import { languageTrees } from './vite.languages.ts';

export default defineConfig({
	plugins: [
		paraglideVitePlugin({
			project: './project.inlang',
			outdir: './src/lib/paraglide',
			strategy: ['cookie', 'baseLocale'],
			cookieName: 'locale',
			emitTsDeclarations: true
		}),
		sveltekit(),
		languageTrees()
	],
	build: {
		target: ['chrome109', 'firefox115', 'safari16'],
		// The list of what each of eighty pages needs weighed 4 kB on every page; SvelteKit's own head names what the first page needs.
		modulePreload: false
	}
});
