/** The buyers' endpoints: parameters in, envelopes out. */
package dev.dibs.api.http;
