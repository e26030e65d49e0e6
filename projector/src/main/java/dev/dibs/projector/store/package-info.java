/** What the projector needs from a document database, as ports. */
package dev.dibs.projector.store;
