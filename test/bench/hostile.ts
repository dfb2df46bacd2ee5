import { setTimeout as wait } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { crc32, deflateRawSync } from 'node:zlib';
import { pageMarkText } from '#lib/server/page-mark.ts';
import type { Process } from './application.ts';
import { LAST_YEAR } from './data.ts';
import { send, type Call } from './load.ts';
import { SECRET, type Ready } from './prepare.ts';

/** Nobody may wait longer than this for another's body or file, in milliseconds. */
export const HOSTILE_GOAL_MS = 250;
/** Between two of the requests that are watched. */
const BREATH_MS = 5;

export type HostileLine = { name: string; bytes: number; status: number; answeredMs: number; longestWaitMs: number };

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const DATA = { 'content-type': 'application/json', accept: 'application/json' };
const PARTS = { 'content-type': 'multipart/form-data; boundary=cut' };

/** Bodies and files that froze a server of this kind, or would: each is sent while somebody else asks for the sign-in page. */
function bodies({ port }: Process, ready: Ready): readonly (Call & { name: string })[] {
	const draft = ready.drafts[0];
	if (!draft) throw new Error('no draft is ready');
	const origin = { origin: `http://127.0.0.1:${port}` };
	const filer = { ...origin, cookie: draft.cookie, 'x-page': draft.mark };
	const ministry = { ...origin, cookie: ready.mofcom, 'x-page': pageMarkText({ personId: 'bench-mofcom', orgId: ready.mofcomOrg, object: '' }, SECRET) };
	const list = (name: string, content: Buffer) =>
		({
			name: `list: ${name}`,
			method: 'POST' as const,
			path: '/ministry/cohort/import?/try',
			headers: { ...ministry, ...PARTS },
			body: Buffer.concat([
				Buffer.from(
					`--cut\r\ncontent-disposition: form-data; name="file"; filename="${name.replaceAll(/\W/g, '-')}.${name.includes('csv') ? 'csv' : 'xlsx'}"\r\n\r\n`
				),
				content,
				Buffer.from('\r\n--cut--\r\n')
			])
		}) as const;
	const part = 'content-disposition: form-data; name="a"\r\n\r\n\r\n';
	return [
		{ name: '3 million fields to /login', method: 'POST', path: '/login', headers: { ...origin, ...FORM }, body: 'a&'.repeat(3_000_000) },
		{ name: '512 KB of fields to /login', method: 'POST', path: '/login', headers: { ...origin, ...FORM }, body: 'a&'.repeat(262_000) },
		{ name: '5,999 fields to /login', method: 'POST', path: '/login', headers: { ...origin, ...FORM }, body: 'a=%41%42&'.repeat(5_999) },
		{ name: 'one text of 512 KB, escaped', method: 'POST', path: '/login', headers: { ...origin, ...FORM }, body: `identifier=${'%E6'.repeat(174_000)}` },
		{
			name: '31 MB of [ by PATCH',
			method: 'PATCH',
			path: `/enterprise/reports/${LAST_YEAR}/answers`,
			headers: { ...filer, ...DATA },
			body: '['.repeat(31_000_000)
		},
		{
			name: '512 KB of [ by PATCH',
			method: 'PATCH',
			path: `/enterprise/reports/${LAST_YEAR}/answers`,
			headers: { ...filer, ...DATA },
			body: '['.repeat(524_000)
		},
		{
			name: '512 KB of small objects by PATCH',
			method: 'PATCH',
			path: `/enterprise/reports/${LAST_YEAR}/answers`,
			headers: { ...filer, ...DATA },
			body: `{"changes":[${'{},'.repeat(174_000)}{}]}`
		},
		{ name: '5,999 parts', method: 'POST', path: '/login', headers: { ...origin, ...PARTS }, body: `${`--cut\r\n${part}`.repeat(5_999)}--cut--\r\n` },
		list('5 MB of parts', Buffer.from(`\r\n--cut\r\n${part}`.repeat(90_000))),
		{
			name: '512 KB of almost a boundary',
			method: 'POST',
			path: '/login',
			headers: { ...origin, ...PARTS },
			body: `--cut\r\n${part}${'\r\n--cu'.repeat(87_000)}`
		},
		list('csv, 5 MB of quotes', Buffer.alloc(5_000_000, '"')),
		list('csv, 5 MB of separators', Buffer.alloc(5_000_000, ',')),
		list('csv, 5 MB of line ends', Buffer.alloc(5_000_000, '\n')),
		list('xlsx, 4 MB of < in the sheet, packed', workbook('<'.repeat(4_000_000))),
		list('xlsx, 4 MB of open tags, packed', workbook('<c r="A1" '.repeat(400_000))),
		list('xlsx, 4 MB of empty rows, packed', workbook(`<worksheet><sheetData>${'<row/>'.repeat(660_000)}</sheetData></worksheet>`)),
		list('xlsx, 100 MB of nothing, packed', workbook(' '.repeat(100_000_000))),
		list('xlsx, 20,000 entries', archive(Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [`xl/${index}`, Buffer.from('x')])))),
		list('no archive at all', Buffer.alloc(5_000_000, 'PK'))
	];
}

/** The longest anybody waited for the sign-in page while each of these was sent and answered. Watched by a thread that sends nothing else. */
export async function hostileLines(ready: Ready, app: Process, only: string): Promise<HostileLine[]> {
	const lines: HostileLine[] = [];
	const watcher = new Worker(new URL('./watch.ts', import.meta.url), { workerData: { port: app.port, breathMs: BREATH_MS } });
	const told = () => new Promise<number>((resolve) => watcher.once('message', resolve));
	const ask = (what: 'begin' | 'end') => {
		const answer = told();
		watcher.postMessage(what);
		return answer;
	};
	for (let time = 0; time < 50; time += 1) await send(undefined, app.port, { path: '/login' });
	for (const { name, ...call } of bodies(app, ready).filter(({ name }) => name.includes(only))) {
		await ask('begin');
		const from = performance.now();
		const { status } = await send(undefined, app.port, call);
		const answeredMs = performance.now() - from;
		// What was left behind by the request may still hold the process.
		await wait(300);
		lines.push({ name, bytes: Buffer.byteLength(call.body ?? ''), status, answeredMs, longestWaitMs: await ask('end') });
	}
	await watcher.terminate();
	return lines;
}

export function printHostile(lines: readonly HostileLine[]): void {
	for (const { name, bytes, status, answeredMs, longestWaitMs } of lines)
		console.log(
			`${name.padEnd(44)} ${(bytes / 1_000).toFixed(0).padStart(7)} kB  answered ${status} in ${answeredMs.toFixed(0).padStart(5)} ms  ` +
				`another waited at most ${longestWaitMs.toFixed(0).padStart(5)} ms  ${longestWaitMs <= HOSTILE_GOAL_MS ? 'met' : 'NOT MET'}`
		);
	const slowest = Math.max(...lines.map(({ longestWaitMs }) => longestWaitMs));
	console.log(`\nThe longest wait of anybody: ${slowest.toFixed(0)} ms (≤ ${HOSTILE_GOAL_MS}: ${slowest <= HOSTILE_GOAL_MS ? 'met' : 'NOT MET'})`);
}

const text = (content: string): Buffer => Buffer.from(content);

/** A workbook whose one sheet is this. */
function workbook(sheet: string): Buffer {
	return archive({
		'[Content_Types].xml': text('<Types/>'),
		'_rels/.rels': text('<Relationships/>'),
		'xl/workbook.xml': text('<workbook><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>'),
		'xl/_rels/workbook.xml.rels': text('<Relationships><Relationship Id="rId1" Type="worksheet" Target="worksheets/sheet1.xml"/></Relationships>'),
		'xl/worksheets/sheet1.xml': text(sheet)
	});
}

/** A packed archive. */
function archive(entries: Readonly<Record<string, Buffer>>): Buffer {
	const locals: Buffer[] = [];
	const centrals: Buffer[] = [];
	let offset = 0;
	for (const [name, content] of Object.entries(entries)) {
		const packed = deflateRawSync(content);
		const fields = Buffer.alloc(26);
		fields.writeUInt16LE(20, 0);
		fields.writeUInt16LE(8, 4);
		fields.writeUInt32LE(crc32(content), 10);
		fields.writeUInt32LE(packed.length, 14);
		fields.writeUInt32LE(content.length, 18);
		fields.writeUInt16LE(Buffer.byteLength(name), 22);
		const tail = Buffer.alloc(14);
		tail.writeUInt32LE(offset, 10);
		const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), fields, text(name), packed]);
		centrals.push(Buffer.concat([Buffer.from('PK\x01\x02', 'latin1'), Buffer.from([20, 0]), fields, tail, text(name)]));
		locals.push(local);
		offset += local.length;
	}
	const central = Buffer.concat(centrals);
	const end = Buffer.alloc(18);
	end.writeUInt16LE(Math.min(centrals.length, 65_535), 4);
	end.writeUInt16LE(Math.min(centrals.length, 65_535), 6);
	end.writeUInt32LE(central.length, 8);
	end.writeUInt32LE(offset, 12);
	return Buffer.concat([...locals, central, Buffer.from('PK\x05\x06', 'latin1'), end]);
}
