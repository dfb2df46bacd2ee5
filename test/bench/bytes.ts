import { readFile, stat } from 'node:fs/promises';
import { join, posix } from 'node:path';

/**
 * What of the built client a page makes a browser fetch: scripts named by its HTML or its link header and all that those import statically, compressed as they
 * are sent.
 */
export async function scriptsOf(
	{ html, link, pathname }: { html: string; link: string; pathname: string },
	clientFolder: string
): Promise<{ files: readonly string[]; compressed: number }> {
	const found = new Set<string>();
	const named = [...html.matchAll(/<link[^>]+rel="modulepreload"[^>]*>/g)].map(([tag]) => /href="([^"]+)"/.exec(tag)?.[1] ?? '');
	const inline = [...html.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].flatMap(([, text]) =>
		[...(text ?? '').matchAll(/import\(\s*["']([^"']+)["']\s*\)/g)].map((match) => match[1] ?? '')
	);
	const sources = [...html.matchAll(/<script[^>]+src="([^"]+)"/g)].map((match) => match[1] ?? '');
	const preloaded = [...link.matchAll(/<([^>]+)>;\s*rel="modulepreload"/g)].map((match) => match[1] ?? '');
	const queue = [...preloaded, ...named, ...inline, ...sources]
		.filter(Boolean)
		.map((href) => posix.join('/', posix.isAbsolute(href) ? href : posix.join(posix.dirname(pathname), href)));
	for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
		if (!file.includes('/_app/') || !file.endsWith('.js') || found.has(file)) continue;
		found.add(file);
		const source = await readFile(join(clientFolder, file), 'utf8');
		for (const [, target] of source.matchAll(/(?:import|from)\s*["'](\.[^"']+)["']/g)) queue.push(posix.join(posix.dirname(file), target ?? ''));
	}
	const sizes = await Promise.all(
		[...found].map((file) =>
			stat(join(clientFolder, `${file}.br`)).then(
				({ size }) => size,
				async () => (await stat(join(clientFolder, file))).size
			)
		)
	);
	return { files: [...found].sort(), compressed: sizes.reduce((sum, size) => sum + size, 0) };
}
