/** What operators do: set up activities from documents, import codes from files, and open, pause and end sales. */
package dev.dibs.api.operations;
