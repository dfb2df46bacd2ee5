/** What people judge (方案第五条), by name. Apart from the computed criteria: who files a report is not told them box by box, and that page counts its bytes. */
import type { PEOPLE_CRITERIA } from '#lib/domain/check/criteria.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Word } from './words.ts';

export const peopleCriterionWords = {
	G1: m.check_criterion_g1,
	M1: m.check_criterion_m1,
	M2: m.check_criterion_m2,
	M3: m.check_criterion_m3,
	M7: m.check_criterion_m7,
	S3: m.check_criterion_s3,
	S6: m.check_criterion_s6,
	S7: m.check_criterion_s7
} satisfies Record<(typeof PEOPLE_CRITERIA)[number]['criterion'], Word>;
