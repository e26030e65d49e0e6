/** A crowd of buyers, readers and operators over HTTP: the same from the same seed, but for what they are told. */
package dev.dibs.chaos.workload;
