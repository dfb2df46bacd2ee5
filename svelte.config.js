import adapter from '@sveltejs/adapter-node';
import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';

/** @type {import('@sveltejs/kit').Config} */
const config = {
	preprocess: vitePreprocess(),
	// The scope of a component's style stands on every element of it: five signs are enough to tell some hundred components apart.
	compilerOptions: { runes: true, cssHash: ({ css, hash }) => `s-${hash(css).slice(0, 5)}` },
	kit: {
		adapter: adapter({ precompress: true }),
		// Kit writes the nonce into every script and style of its own; nothing else is allowed to run.
		csp: {
			mode: 'nonce',
			directives: {
				'default-src': ['self'],
				'script-src': ['self'],
				// The one inline style is SvelteKit's own: the invisible box in which it announces the new page. By its hash, nothing else.
				'style-src': ['self', 'unsafe-hashes', 'sha256-S8qMpvofolR8Mpjy4kQvEm7m1q8clzU4dfDH0AmvZjo='],
				'img-src': ['self', 'data:', 'blob:'],
				'font-src': ['self'],
				'connect-src': ['self'],
				'object-src': ['none'],
				'base-uri': ['none'],
				'form-action': ['self'],
				'frame-ancestors': ['none']
			}
		},
		version: { pollInterval: 0 }
	}
};

export default config;
