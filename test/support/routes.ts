import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROUTES_FOLDER = fileURLToPath(new URL('../../src/routes', import.meta.url));

/** Every route of src/routes that answers something, as SvelteKit names it, with the names of its form actions. */
export function routesOfTheTree(): ReadonlyMap<string, readonly string[]> {
	const routes = new Map<string, readonly string[]>();
	for (const file of filesBelow(ROUTES_FOLDER)) {
		if (!/\+(page\.svelte|server\.ts|page\.server\.ts)$/.test(file)) continue;
		const route = routeOf(join('src/routes', relative(ROUTES_FOLDER, file)));
		routes.set(route, [...(routes.get(route) ?? []), ...actionsIn(file)]);
	}
	return routes;
}

/** Every route of src/routes that has a page. */
export function pageRoutes(): readonly string[] {
	return filesBelow(ROUTES_FOLDER)
		.filter((file) => file.endsWith('+page.svelte'))
		.map((file) => routeOf(join('src/routes', relative(ROUTES_FOLDER, file))));
}

/** Everything that can be written to: each form action, and each method of an endpoint that is not for reading. */
export function writesOfTheTree(): readonly { readonly route: string; readonly method: string; readonly action: string }[] {
	return filesBelow(ROUTES_FOLDER).flatMap((file) => {
		const route = routeOf(join('src/routes', relative(ROUTES_FOLDER, file)));
		if (file.endsWith('+page.server.ts')) return actionsIn(file).map((action) => ({ route, method: 'POST', action: action === 'default' ? '' : `/${action}` }));
		if (!file.endsWith('+server.ts')) return [];
		const methods = [...readFileSync(file, 'utf8').matchAll(/^export (?:const|async function|function) (POST|PUT|PATCH|DELETE|fallback)\b/gm)];
		return methods.map(([, method = '']) => ({ route, method, action: '' }));
	});
}

/** The route a file of src/routes belongs to, as SvelteKit names it; '' for any other file. */
export function routeOf(file: string): string {
	if (!file.startsWith('src/routes/')) return '';
	return `/${relative('src/routes', dirname(file))}`.replaceAll(/\/\([a-z]+\)/g, '').replace(/\/$/, '') || '/';
}

function filesBelow(folder: string): string[] {
	return readdirSync(folder).flatMap((name) => {
		const path = join(folder, name);
		return statSync(path).isDirectory() ? filesBelow(path) : [path];
	});
}

/** The keys of `export const actions`, whether each stands on a line of its own or all in one. */
function actionsIn(file: string): string[] {
	if (!file.endsWith('+page.server.ts')) return [];
	const block = /export const actions: Actions = \{([^]*?)\n?\};/.exec(readFileSync(file, 'utf8'))?.[1] ?? '';
	const names = block.includes('\n') ? [...block.matchAll(/^\t(\w+)[:,]/gm)].map((found) => found[1] ?? '') : block.split(',').map((name) => name.trim());
	const odd = names.filter((name) => !/^\w*$/.test(name));
	// Read wrongly, an action would be asked for under a name it does not have, and never be tried.
	if (odd.length > 0) throw new Error(`${file}: actions that are more than names stand on lines of their own (${odd.join(' | ')})`);
	return names.filter((name) => name !== '');
}
