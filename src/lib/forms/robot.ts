import { z } from 'zod';

/** A group robot's setting as posted; what the address may be is a rule of the domain. */
export const RobotForm = z.object({
	kind: z.enum(['wecom', 'dingtalk']),
	webhook: z.string(),
	secret: z.string(),
	rowVersion: z.coerce.number().int().min(0).max(1_000_000)
});
