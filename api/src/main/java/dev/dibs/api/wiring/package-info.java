/** Clients of Redis, MongoDB and Kafka, and how the parts are put together. */
package dev.dibs.api.wiring;
