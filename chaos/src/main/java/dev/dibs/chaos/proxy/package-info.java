/** The network between services and servers, as a proxy that can be told to misbehave link by link. */
package dev.dibs.chaos.proxy;
