/** What an operator does with a server over HTTP: log in, import, publish, export. */
package dev.dibs.standalone.operator;
