/** The ports on MongoDB, and on whatever else speaks its protocol. */
package dev.dibs.projector.mongo;
