/** A whole installation of real processes that can be stopped, killed, held and started again on the same data. */
package dev.dibs.chaos.cluster;
