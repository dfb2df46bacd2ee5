import { pictureDownload } from '../../../trend-pictures.ts';
import { leavingPicture } from '../leaving.ts';
import type { RequestHandler } from './$types';

/** The picture of a metric as .svg: needs no script to be made. */
export const GET: RequestHandler = async (event) => {
	const { picture, asked } = await leavingPicture(event, event.params.metric);
	return pictureDownload(event, picture, asked);
};
