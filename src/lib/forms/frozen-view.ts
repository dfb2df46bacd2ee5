import { z } from 'zod';
import { required } from './channel.ts';
import { REMARK_MAX } from './limits.ts';

/** What is left on a frozen view for the other ministry. */
export const FrozenCommentForm = z.object({ comment: required(REMARK_MAX) });
