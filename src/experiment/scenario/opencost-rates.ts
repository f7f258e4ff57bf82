/** Default rates of OpenCost, USD per core and per GiB and hour. Source: opencost/opencost configs/default.json. */
export const CORE_HOUR = 0.031611;

/** The same for a GiB of memory. */
export const GIB_HOUR = 0.004237;
