/** The buyers' and operators' HTTP API; its packages follow the way of one grab. */
package dev.dibs.api;
