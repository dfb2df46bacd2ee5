/** How far a frozen view still holds, in words. */
import type { FrozenPage, FrozenStatus } from '#lib/domain/trend/frozen-view.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Mark, Word } from './words.ts';

export const frozenStatusText = {
	current: m.frozen_status_current,
	newer_reports: m.frozen_status_newer,
	corrected_since: m.frozen_status_corrected,
	rule_changed: m.frozen_status_rule
} satisfies Record<FrozenStatus, Word>;

/** The same in a list, where a sentence has no room. */
export const frozenStatusMark = {
	current: { tone: 'ok', icon: 'check', word: m.frozen_mark_current },
	newer_reports: { tone: 'info', icon: 'plus', word: m.frozen_mark_newer },
	corrected_since: { tone: 'warn', icon: 'edit', word: m.frozen_mark_corrected },
	rule_changed: { tone: 'warn', icon: 'flag', word: m.frozen_mark_rule }
} satisfies Record<FrozenStatus, Mark>;

export const frozenPageWord = { cohort: m.frozen_page_cohort, metric: m.frozen_page_metric } satisfies Record<FrozenPage, Word>;
