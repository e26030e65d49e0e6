/** Lists of the accounts that may take part: kept in MongoDB, decided about in memory. */
package dev.dibs.api.eligibility;
