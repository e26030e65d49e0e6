/** How it goes inside, as numbers for whoever watches over it. */
package dev.dibs.api.metrics;
