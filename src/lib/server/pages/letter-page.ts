/** Writing an official letter, alike for departments and ministries: the form with its preview, and the Word file. */
import { createHash } from 'node:crypto';
import { error, fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { letterTerms } from '#lib/domain/chase/official-letter.ts';
import { dayInBeijing } from '#lib/domain/day.ts';
import type { OfficialPaper, PaperBlock } from '#lib/domain/official-paper.ts';
import type { OrganisationKind } from '#lib/domain/parties.ts';
import { letterValues, readLetter, type LetterValues } from '#lib/forms/letter.ts';
import { PAGE_FIELD, readForm, type PostedForm } from '#lib/forms/read-form.ts';
import { m } from '#lib/paraglide/messages.js';
import { requireActor } from '#lib/server/access.ts';
import type { Actor } from '#lib/server/actor.ts';
import { makeLetter } from '#lib/server/acts/chase/make-letter.ts';
import { statusOf } from '#lib/server/answer.ts';
import { officeRefusal } from '#lib/server/db/door.ts';
import { attachmentHeaders } from '#lib/server/files/download-headers.ts';
import type { LetterFrame } from '#lib/server/letters/letter-words.ts';
import { markTextOf } from './own-page.ts';
import { WordNotWritten, wordFile } from '#lib/server/word/word-file.ts';
import { refusalText } from '#lib/words/refusal-words.ts';

/** A letter as it would leave, and what the journal says of it. */
export interface WrittenLetter {
	readonly paper: OfficialPaper;
	readonly year: number;
	readonly reports: number;
	readonly channelIds: readonly string[];
}

/** One door to letters: whose it is, what is ticked there, and how a letter is written from what was ticked; null where nobody of them is left. */
export interface LetterDoor {
	readonly kinds: readonly OrganisationKind[];
	readonly rows: 'report' | 'region';
	readonly page: string;
	readonly write: (event: RequestEvent, actor: Actor, now: Date) => Promise<(frame: LetterFrame, chosen: ReadonlySet<string>) => WrittenLetter | null>;
}

type Judged =
	| { readonly ok: true; readonly letter: WrittenLetter; readonly frame: LetterFrame }
	| { readonly ok: false; readonly problems: Readonly<Record<string, string>> };

/** What was typed, as a letter, or what is wrong with it at its place. */
async function judged(door: LetterDoor, event: RequestEvent, actor: Actor, values: LetterValues): Promise<Judged> {
	const now = event.locals.now();
	const read = readLetter(values);
	const terms = letterTerms(values, dayInBeijing(now));
	const problems = { ...(read.ok ? {} : read.problems), ...('problems' in terms ? terms.problems : {}) };
	if (!read.ok || 'problems' in terms) return { ok: false, problems };
	const { input } = read;
	const frame: LetterFrame = {
		terms,
		head: input.head,
		offices: input.signers === 'joint' ? [input.signer, input.cosigner] : [input.signer],
		addressees: input.addressees,
		contact: input.contact
	};
	const letter = (await door.write(event, actor, now))(frame, new Set(input.chosen));
	return letter === null ? { ok: false, problems: { chosen: 'none_chosen' } } : { ok: true, letter, frame };
}

/** What a page shows before anything is typed: dated today, signed by the office alone. An answer to the form shows its own. */
export function firstPreview(
	{ request, locals }: Pick<RequestEvent, 'request' | 'locals'>,
	offices: { readonly own: string },
	chosen: readonly string[],
	write: Awaited<ReturnType<LetterDoor['write']>>
) {
	const today = dayInBeijing(locals.now());
	const frame: LetterFrame = { terms: { number: null, on: today }, head: 'blank', offices: [offices.own], addressees: '', contact: '' };
	const letter = request.method === 'GET' ? write(frame, new Set(chosen)) : null;
	return { today, preview: letter && previewOf(letter.paper) };
}

/** The action that shows what the letter will say; what is wrong is said at its place, and nothing typed is lost. */
export async function previewLetter(event: RequestEvent, door: LetterDoor) {
	const actor = requireActor(event, door.kinds);
	const form = await readForm(event);
	const values = letterValues(form, door.rows);
	const done = await judged(door, event, actor, values);
	return done.ok ? { values, preview: previewOf(done.letter.paper) } : fail(400, { values, problems: done.problems });
}

/** The file itself. Where the form is wrong the page comes again as the preview's action shows it. @throws HttpError of 403 for readers, of 503 */
export async function downloadLetter(event: RequestEvent, door: LetterDoor): Promise<Response> {
	const actor = requireActor(event, door.kinds);
	const { requestId } = event.locals;
	const refusal = officeRefusal(actor, 'makeLetter');
	if (refusal) error(statusOf(refusal), { message: refusalText(refusal), requestId });
	const form = await readForm(event);
	const done = await judged(door, event, actor, letterValues(form, door.rows));
	if (!done.ok) return shownAgain(event, door, form);
	const { letter, frame } = done;
	const bytes = await wordFile(letter.paper).catch((problem: unknown) => {
		if (problem instanceof WordNotWritten) error(503, { message: m.letter_not_written(), requestId });
		throw problem;
	});
	const title = letter.paper.blocks.find((block) => block.kind === 'title')?.text ?? '';
	const sha256 = createHash('sha256').update(bytes).digest('hex');
	const { year, reports, channelIds } = letter;
	const made = await makeLetter(actor, { year, title, terms: frame.terms, offices: frame.offices, reports, channelIds, sha256 });
	if (!made.ok) error(statusOf(made.refusal), { message: refusalText(made.refusal), requestId });
	return new Response(new Uint8Array(bytes), {
		headers: attachmentHeaders(`${title}.docx`, 'application/vnd.openxmlformats-officedocument.wordprocessingml.document')
	});
}

/** The address of a file that is made of a form, opened without one. */
export function toLetterPage(event: RequestEvent, door: LetterDoor): never {
	requireActor(event, door.kinds);
	redirect(303, `${door.page}${event.url.search}`);
}

/** By a request of its own: the file's address has no page to say what is wrong. */
async function shownAgain(event: RequestEvent, door: LetterDoor, form: PostedForm): Promise<Response> {
	const body = new URLSearchParams([...form.pairs.map(([name, value]): [string, string] => [name, value]), [PAGE_FIELD, (await markTextOf(event)) ?? '']]);
	const query = new URLSearchParams([...event.url.searchParams].filter(([name]) => !name.startsWith('/')));
	query.append('/preview', '');
	const page = await event.fetch(`${door.page}?${query.toString()}`, { method: 'POST', body, headers: { accept: 'text/html' } });
	const headers = new Headers({ 'content-type': page.headers.get('content-type') ?? 'text/html; charset=utf-8' });
	const policy = page.headers.get('content-security-policy');
	if (policy) headers.set('content-security-policy', policy);
	return new Response(await page.text(), { status: page.status, headers });
}

/** So many rows of a table are shown before it is downloaded. */
const ROWS_SHOWN = 12;

/** The paper with the beginnings of its tables, and how long they are: what a page shows of it. */
function previewOf(paper: OfficialPaper): OfficialPaper & { readonly rows: number; readonly shown: number } {
	let [rows, shown] = [0, 0];
	const cut = (block: PaperBlock): PaperBlock => {
		if (block.kind === 'attachment') return { ...block, blocks: block.blocks.map(cut) };
		if (block.kind !== 'table') return block;
		rows += block.rows.length;
		const kept = block.rows.slice(0, ROWS_SHOWN);
		shown += kept.length;
		return { ...block, totalled: block.totalled && kept.length === block.rows.length, rows: kept };
	};
	return { ...paper, blocks: paper.blocks.map(cut), rows, shown };
}
