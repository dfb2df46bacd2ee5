import { watchEarly } from '#lib/ui/kit/frame/typed-early.ts';

watchEarly();
