import { pageHeaders } from '#lib/ui/kit/control/page-mark.ts';

/** Makes a PNG of a picture that can be had as SVG, in the browser, where somebody presses for it; twice as fine, for paper. */
export async function savePng(href: string, fileName: string): Promise<void> {
	const answer = await fetch(href, { headers: pageHeaders() });
	if (!answer.ok) throw new Error(`no picture: ${answer.status}`);
	const address = URL.createObjectURL(new Blob([await answer.text()], { type: 'image/svg+xml' }));
	try {
		const image = new Image();
		image.src = address;
		await image.decode();
		const canvas = document.createElement('canvas');
		[canvas.width, canvas.height] = [image.width * 2, image.height * 2];
		canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
		const link = document.createElement('a');
		link.href = canvas.toDataURL('image/png');
		link.download = `${fileName}.png`;
		link.click();
	} finally {
		URL.revokeObjectURL(address);
	}
}
