/** The projector: materialises the log into MongoDB, and can do so anew at any time. */
package dev.dibs.projector;
