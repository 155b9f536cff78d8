export { microProject } from './micro-project.ts';
