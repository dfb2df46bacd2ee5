/** Events of an enterprise in words. */
import { m } from '#lib/paraglide/messages.js';
import { wordOf } from './words.ts';

const words: Readonly<Record<string, () => string>> = {
	designated: m.ministry_event_designated,
	renamed: m.ministry_event_renamed,
	moved: m.ministry_event_moved,
	merged: m.ministry_event_merged,
	ceased: m.ministry_event_ceased,
	revoked: m.ministry_event_revoked
};

export function eventWord(kind: string): string {
	return wordOf(words, kind) ?? kind;
}

/** What changed: the old and the new name or channel; '' where the kind says it all. */
export function eventSentence(
	event: { readonly kind: string; readonly before: Readonly<Record<string, unknown>>; readonly after: Readonly<Record<string, unknown>> },
	channelName: (id: unknown) => string
): string {
	if (event.kind === 'renamed') return m.ministry_event_from_to({ from: String(event.before['name'] ?? ''), to: String(event.after['name'] ?? '') });
	if (event.kind === 'moved') return m.ministry_event_from_to({ from: channelName(event.before['channelId']), to: channelName(event.after['channelId']) });
	return '';
}
