import { spawn } from 'node:child_process';

/**
 * Format, lint and types side by side, for `npm test`: each keeps one core busy. What they say is printed one after the other; any of
 * them fails all. After the build, so that they look at the same generated messages, and at whole ones.
 */
interface Program {
	readonly name: string;
	readonly command: string;
	readonly args: readonly string[];
}

const colour = process.stdout.isTTY ? ['--color'] : [];
const PROGRAMS: readonly Program[] = [
	{ name: 'format', command: 'prettier', args: ['--check', '.', '--log-level', 'warn'] },
	{ name: 'lint', command: process.execPath, args: ['test/support/lint.ts', ...colour] },
	{ name: 'types', command: 'svelte-check', args: ['--tsconfig', './tsconfig.json', '--fail-on-warnings', ...colour] }
];

interface Ended {
	readonly name: string;
	readonly output: string;
	readonly code: number;
}

function run({ name, command, args }: Program): Promise<Ended> {
	return new Promise((resolve) => {
		const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
		const output: Buffer[] = [];
		for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => output.push(chunk));
		child.once('error', (error) => resolve({ name, output: `${error.message}\n`, code: 1 }));
		// Ended by a signal it has no code, and has not passed.
		child.once('close', (code) => resolve({ name, output: Buffer.concat(output).toString(), code: code ?? 1 }));
	});
}

const ended: Ended[] = [];
for (const running of PROGRAMS.map(run)) {
	const one = await running;
	ended.push(one);
	process.stdout.write(`\n> ${one.name}\n\n${one.output}`);
}
const failed = ended.filter(({ code }) => code !== 0);
if (failed.length > 0) console.error(`\nFailed: ${failed.map(({ name }) => name).join(' and ')}.`);
process.exitCode = failed.length > 0 ? 1 : 0;
