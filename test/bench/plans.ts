import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Server settings that write the plan of every statement, as it ran for the page under the application's role, into the server's log. */
export const EXPLAIN_SETTINGS: Record<string, string> = {
	session_preload_libraries: 'auto_explain',
	'auto_explain.log_min_duration': '0',
	'auto_explain.log_analyze': 'on',
	'auto_explain.log_timing': 'off',
	'auto_explain.log_buffers': 'on',
	'auto_explain.log_format': 'json'
};

type Node = {
	'Node Type': string;
	'Relation Name'?: string;
	'Parent Relationship'?: string;
	'Subplan Name'?: string;
	'Actual Rows'?: number;
	'Actual Loops'?: number;
	'Rows Removed by Filter'?: number;
	'Rows Removed by Join Filter'?: number;
	'Shared Hit Blocks'?: number;
	'Shared Read Blocks'?: number;
	Plans?: Node[];
};

export type Plan = {
	statement: string;
	milliseconds: number;
	/** 8 kB pages looked at. */
	buffers: number;
	/** Rows the scans handed up, filtered ones included: what the statement really read. */
	rowsRead: number;
	/** What costs more with more rows. */
	faults: readonly string[];
};

export async function logSize(home: string): Promise<number> {
	return (await stat(join(home, 'server.log'))).size;
}

/** The plans written since the log had this size, in order. Settings of the actor and transaction control are left out. */
export async function plansSince(home: string, from: number): Promise<Plan[]> {
	const text = (await readFile(join(home, 'server.log'))).subarray(from).toString('utf8');
	const plans: Plan[] = [];
	for (const match of text.matchAll(/duration: ([\d.]+) ms {2}plan:\n((?:\t.*\n?)+)/g)) {
		const { 'Query Text': query, Plan: root } = JSON.parse(match[2] ?? '{}') as { 'Query Text': string; Plan: Node };
		if (/num_nonnulls\(|from pg_catalog|pg_type/.test(query)) continue;
		plans.push({
			statement: query.replace(/\s+/g, ' ').trim(),
			milliseconds: Number(match[1]),
			buffers: (root['Shared Hit Blocks'] ?? 0) + (root['Shared Read Blocks'] ?? 0),
			...walk(root)
		});
	}
	return plans;
}

function walk(root: Node): Pick<Plan, 'rowsRead' | 'faults'> {
	const faults = new Set<string>();
	let rowsRead = 0;
	const visit = (node: Node): void => {
		const loops = node['Actual Loops'] ?? 1;
		const rows = Math.round((node['Actual Rows'] ?? 0) * loops);
		const dropped = Math.round((node['Rows Removed by Filter'] ?? 0) * loops);
		if (/Scan$/.test(node['Node Type']) && node['Node Type'] !== 'Subquery Scan' && node['Node Type'] !== 'CTE Scan') rowsRead += rows + dropped;
		if (node['Node Type'] === 'Seq Scan' && node['Relation Name'] === 'annual_report') faults.add('seq scan of annual_report');
		else if (node['Node Type'] === 'Seq Scan' && rows + dropped > 1_000) faults.add(`seq scan of ${node['Relation Name'] ?? '?'} (${rows + dropped} rows)`);
		if (dropped > 1_000) faults.add(`${dropped} rows read and dropped at ${node['Relation Name'] ?? node['Node Type']}`);
		if (node['Parent Relationship'] === 'SubPlan' && loops > 200)
			faults.add(`a subplan per row (${loops} times ${node['Relation Name'] ?? node['Node Type']})`);
		if (/Sort$/.test(node['Node Type'])) {
			const input = (node.Plans ?? []).reduce((sum, inner) => sum + Math.round((inner['Actual Rows'] ?? 0) * (inner['Actual Loops'] ?? 1)), 0);
			if (input > 1_000) faults.add(`a sort over ${input} rows`);
		}
		for (const inner of node.Plans ?? []) visit(inner);
	};
	visit(root);
	return { rowsRead, faults: [...faults] };
}
