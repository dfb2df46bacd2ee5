import type { Actor } from '#lib/server/actor.ts';
import type { Person } from '#lib/server/auth/session.ts';
import type { SavedView } from '#lib/server/reads/person/saved-views.ts';
import type { FrameData, ShellData } from '#lib/server/reads/person/frame-data.ts';
import type { DrawnPlace } from '#lib/server/pages/drawn-once.ts';

declare global {
	namespace App {
		interface Error {
			message: string;
			/** What to quote when asking for help; stands in the log too. */
			requestId?: string;
		}
		interface PageData {
			/** What says of a write on which page it was made; none where nobody is signed in. A page whose own data had this name could send nothing. */
			pageMark?: string | null;
			/** The views of this list, where it may have some and somebody is signed in. */
			views?: readonly SavedView[] | null;
			viewsShareable?: boolean;
		}
		interface Locals {
			requestId: string;
			/** Network address of the person's machine. */
			address: string;
			locale: 'zh-CN' | 'en';
			/** Whoever is signed in, with or without a chosen office. */
			person: Person | null;
			/** The person in the office that this address belongs to; null elsewhere. Use requireActor. */
			actor: Actor | null;
			frame: FrameData;
			shell: ShellData | null;
			now: () => Date;
			/** Set when an answer failed because the database was away. */
			unavailable?: boolean;
			/** Parts of the page drawn by the server, for their places. */
			drawn?: Map<DrawnPlace, string>;
		}
	}
}

export {};
