/** What is refused in memory, before any network hop. */
package dev.dibs.api.admission;
