/** What a name may be made of wherever a file is kept, and how long it may be. */

/** Refused by Windows, or unseen: separators, signs with a meaning, controls, marks that turn the direction of writing. */
const REFUSED = /[\\/:*?"<>|\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;
/** Names of devices on Windows, whatever stands after the dot. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(\..*)?$/i;
/** Of UTF-8, with room for the ending: file systems end at 255. */
const LONGEST_BYTES = 220;

const bytesOf = (text: string): number => new TextEncoder().encode(text).length;

/** A text no longer than so many bytes of UTF-8; no sign of it is cut. */
export function withinBytes(text: string, most: number): string {
	if (bytesOf(text) <= most) return text;
	let kept = '';
	let left = most;
	for (const sign of text) {
		left -= bytesOf(sign);
		if (left < 0) break;
		kept += sign;
	}
	return kept;
}

/**
 * A file name that every system takes: no separator, nothing Windows refuses, no dot or blank at its ends, and no dash before it, which programs
 * take for an option. The ending stays.
 */
export function safeFileName(name: string): string {
	const plain = name.normalize('NFC').replace(REFUSED, '_').replace(/\s+/g, ' ');
	const [, stem = plain, ending = ''] = /^(.*?)(\.[A-Za-z0-9]{1,8})?$/su.exec(plain) ?? [];
	const inner = stem.replace(/^[\s._~$=+@\p{Pd}−]+/u, '').replace(/[\s.]+$/u, '');
	const kept = withinBytes(inner, LONGEST_BYTES).replace(/[\s.]+$/u, '') || 'file';
	return `${DEVICE.test(kept) ? `_${kept}` : kept}${ending}`;
}
