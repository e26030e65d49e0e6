/** Sessions that have been ended before their tokens expire. */
package dev.dibs.sessions;
