/**
 * Marks of the wrong width (GB/T 15834): what stands half-width beside Chinese. Figures, times, addresses, file names and codes keep their own:
 * their marks stand between letters and digits.
 */
const OF_THEIR_OWN = /(?:https?|mailto|tel):\S+|[\w.+-]+@[\w.-]+|(?<=\d)[:,.](?=\d)|\(\.\w+\)/g;
const BEFORE = /\p{Script=Han}[)\]”’」》〕）]?\s?[,;:!?()]|\p{Script=Han}\.(?!\w)/u;
const AFTER = /[,;:!?()]\s?[“‘「《〔（]?\p{Script=Han}/u;
const AROUND = 12;

/** The first half-width mark beside Chinese in a text with what stands around it, or null. */
export function halfWidthMark(text: string): string | null {
	const plain = text.replace(OF_THEIR_OWN, (own) => '0'.repeat(own.length));
	const at = [BEFORE, AFTER].map((one) => plain.search(one)).filter((found) => found >= 0);
	if (at.length === 0) return null;
	const first = Math.min(...at);
	return text.slice(Math.max(0, first - AROUND), first + AROUND).replaceAll('\n', '⏎');
}

/** Those of many texts that hold one, each once. */
export function halfWidthMarks(texts: Iterable<string>): string[] {
	return [...new Set([...texts].map(halfWidthMark).filter((found) => found !== null))];
}
