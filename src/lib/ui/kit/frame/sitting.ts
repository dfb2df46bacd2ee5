/** Who sits where, as the tabs of one browser tell each other: a session has one office at a time, and pages of several may be open. */
export interface Sitting {
	readonly personId: string;
	readonly name: string;
	readonly orgId: string;
	readonly office: string;
}

/** Says who sits here, and hears of others. Nothing where the browser has no such channel: the server refuses what does not fit all the same. */
export function tellTabs(mine: Sitting, onother: (other: Sitting | null) => void): () => void {
	if (typeof BroadcastChannel === 'undefined') return () => undefined;
	const channel = new BroadcastChannel('sitting');
	channel.onmessage = ({ data }: MessageEvent<Sitting>) => onother(data.personId === mine.personId && data.orgId === mine.orgId ? null : data);
	channel.postMessage(mine);
	return () => channel.close();
}
