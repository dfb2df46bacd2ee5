/** Who reads figures of the cohort, off the source: what serves somebody else than the ministries reaches them by benchmarks alone, mail included. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { FILES, IMPORTS, ROOT } from '../../support/source-tree.ts';

/** Tables and functions of the database that hold or tell figures of others. */
const SOURCES = /\b(trend_figures?|trend_cells?|trend_stated|trend_kept|trend_benchmark|benchmarks_shown)\b/;

/** Every file that asks them. A new one says here whom it serves. */
const READERS: Readonly<Record<string, 'ministries' | 'benchmarks'>> = {
	'src/lib/server/store/trend/benchmarks.ts': 'benchmarks',
	'src/lib/server/store/trend/changes.ts': 'ministries',
	'src/lib/server/store/trend/kept-cells.ts': 'ministries',
	'src/lib/server/store/trend/tallies.ts': 'ministries',
	'src/lib/server/reads/ministry/ministry-cohort-values.ts': 'ministries',
	'src/lib/server/reads/ministry/ministry-metric-rows.ts': 'ministries'
};

const asks = (file: string): boolean =>
	SOURCES.test(
		readFileSync(join(ROOT, file), 'utf8')
			.replaceAll(/\/\*[^]*?\*\//g, '')
			.replaceAll(/\/\/.*$/gm, '')
	);

/** Everything a file imports, at any remove; types tell no figure. */
function reached(from: string): ReadonlySet<string> {
	const found = new Set<string>();
	const open = [from];
	for (let file = open.pop(); file !== undefined; file = open.pop()) {
		if (found.has(file)) continue;
		found.add(file);
		open.push(...IMPORTS.filter((one) => one.from === file && !one.typeOnly).map(({ to }) => to));
	}
	return found;
}

describe('readers of the cohort’s figures', () => {
	test('are the enumerated ones', () => {
		const found = FILES.filter((file) => file.startsWith('src/') && file.endsWith('.ts') && !file.startsWith('src/lib/paraglide/') && asks(file));
		expect(found.toSorted()).toEqual(Object.keys(READERS).toSorted());
	});

	test('what answers enterprises, channels, visitors and mail reaches none that serves the ministries', () => {
		const doors = FILES.filter(
			(file) =>
				(/^src\/lib\/server\/(letters|reads\/(enterprise|channel|public|person))\//.test(file) ||
					(/^src\/routes\//.test(file) && !/^src\/routes\/(ministry|s)\//.test(file) && /\.server\.ts$|\+server\.ts$/.test(file))) &&
				file.endsWith('.ts')
		);
		expect(doors.length).toBeGreaterThan(60);
		const wrong = doors.flatMap((door) => [...reached(door)].filter((file) => READERS[file] === 'ministries').map((file) => `${door} → ${file}`));
		expect(wrong).toEqual([]);
		expect([...reached('src/routes/enterprise/reports/+page.server.ts')].filter((file) => file in READERS)).toEqual([
			'src/lib/server/store/trend/benchmarks.ts'
		]);
		expect([...reached('src/routes/ministry/cohort/+page.server.ts')].some((file) => READERS[file] === 'ministries')).toBe(true);
	});
});
