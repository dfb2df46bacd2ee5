import { pictureDownload } from '../../trend-pictures.ts';
import { leavingPicture } from '../leaving.ts';
import type { RequestHandler } from './$types';

/** Any picture of the dashboard as .svg: needs no script to be made. */
export const GET: RequestHandler = async (event) => {
	const { picture, asked } = await leavingPicture(event);
	return pictureDownload(event, picture, asked);
};
