/** What whoever takes a handoff that is no discharge reads, by its kind. */
import type { AdmissionFile } from './admission.file.js';
import type { CareRequestFile } from './care-request.file.js';
import type { QuestionFile } from './opinion.file.js';
import type { RequestFile } from './request.file.js';

export type AskedFile = AdmissionFile | CareRequestFile | QuestionFile | RequestFile;
