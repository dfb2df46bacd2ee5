import { create } from 'qrcode';

/** A QR code as one path of an SVG: `size` modules a side, without the quiet zone of four around it. */
export interface QrCode {
	readonly size: number;
	readonly path: string;
}

/** Draws a text. Medium correction: a print-out may be stamped over. */
export function qrCode(text: string): QrCode {
	const { modules } = create(text, { errorCorrectionLevel: 'M' });
	const { size, data } = modules;
	let path = '';
	for (let y = 0; y < size; y += 1) {
		for (let x = 0; x < size; x += 1) {
			let run = 0;
			while (x + run < size && data[y * size + x + run]) run += 1;
			if (run > 0) path += `M${x} ${y}h${run}v1h-${run}z`;
			x += run;
		}
	}
	return { size, path };
}
