import { awsTypes } from './aws-types.js';
import { azureTypes } from './azure-types.js';
import { gcpTypes } from './gcp-types.js';
import type { InstanceType } from './instance-type.js';

/** Every instance type of the catalogue, by cloud, family and size; names are unique. */
export const instanceTypes: readonly InstanceType[] = [...awsTypes, ...gcpTypes, ...azureTypes];
