/** The servers that integration tests run against, and what tests need to put something into them. */
package dev.dibs.testkit;
