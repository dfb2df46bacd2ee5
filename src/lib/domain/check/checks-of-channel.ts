import { OWNERSHIPS } from '#lib/domain/form/annual-report-fields.ts';
import { answerAt, type Answers } from '#lib/domain/form/answer-key.ts';
import type { ChannelKind } from '#lib/domain/parties.ts';
import { check, type Check } from './check.ts';

/**
 * 方案第七条: a centrally managed enterprise goes to its group, every other one to its province. Null where 企业性质 is none of
 * the answers: what is unknown contradicts nothing.
 */
export function fitsChannel(ownership: string, channelKind: ChannelKind): boolean | null {
	return !(OWNERSHIPS as readonly string[]).includes(ownership) ? null : (ownership === 'central') === (channelKind === 'central_group');
}

/** An answer that does not go with the channel is asked about and decides nothing: either of the two may be the mistake, or neither. */
export function checksOfChannel(answers: Answers, channelKind: ChannelKind): readonly Check[] {
	const actual = answerAt(answers, 'ownership');
	const fits = fitsChannel(actual, channelKind);
	return fits === false ? [check({ code: 'channel_mismatch', fieldId: 'ownership', article: '7', actual, expected: channelKind })] : [];
}
