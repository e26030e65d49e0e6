/** Sessions that are ended before their time, on all instances at once. */
package dev.dibs.api.sessions;
