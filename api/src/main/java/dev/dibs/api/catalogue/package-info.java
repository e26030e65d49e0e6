/** All activities, in memory, as the topic {@code dibs.activities} says. */
package dev.dibs.api.catalogue;
