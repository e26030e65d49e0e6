/** The dibs program: its subcommands, which only parse, wire, and tell how it went. */
package dev.dibs.standalone;
