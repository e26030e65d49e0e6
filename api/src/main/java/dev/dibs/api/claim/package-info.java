/** The atomic proposal in Redis. */
package dev.dibs.api.claim;
