import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The source as the rules of the house look at it: every file, its text, and what it imports. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

function filesBelow(folder: string): string[] {
	const path = join(ROOT, folder);
	if (!existsSync(path)) return [];
	return readdirSync(path).flatMap((name) => {
		const inner = join(folder, name);
		if (name === 'paraglide' || name === 'node_modules') return [];
		return statSync(join(ROOT, inner)).isDirectory() ? filesBelow(inner) : /\.(ts|js|svelte)$/.test(name) ? [inner] : [];
	});
}

export const FILES = ['src', 'jobs', 'db'].flatMap(filesBelow);
export const SOURCE = new Map(FILES.map((file) => [file, readFileSync(join(ROOT, file), 'utf8')]));

export interface Import {
	readonly from: string;
	readonly to: string;
	/** Only types: nothing of the other room runs here. */
	readonly typeOnly: boolean;
}

function importsOf(file: string): Import[] {
	const text = SOURCE.get(file) ?? '';
	const found: Import[] = [];
	for (const match of text.matchAll(
		/(?:^|[\n;>])\s*(import|export)\s+(type\s)?[^'"`;]*?from\s+['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)|(?:^|\n)\s*import\s+['"]([^'"]+)['"]/g
	)) {
		const target = match[3] ?? match[4] ?? match[5];
		if (target === undefined) continue;
		found.push({ from: file, to: placeOf(file, target), typeOnly: match[2] !== undefined });
	}
	return found;
}

/** The imported file below the root, or the package's name as it stands. */
function placeOf(file: string, target: string): string {
	if (target.startsWith('#lib/')) return `src/lib/${target.slice(5)}`;
	if (target.startsWith('#db/') || target.startsWith('#jobs/')) return target.slice(1);
	if (target.startsWith('.')) return relative(ROOT, resolve(ROOT, dirname(file), target));
	return target;
}

export const IMPORTS = FILES.flatMap(importsOf);
