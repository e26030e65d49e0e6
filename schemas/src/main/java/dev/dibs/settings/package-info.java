/** What can be set, by name. */
package dev.dibs.settings;
