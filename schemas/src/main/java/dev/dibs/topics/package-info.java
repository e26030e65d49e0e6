/** The topics: names, keys, headers and settings, each in one place. */
package dev.dibs.topics;
