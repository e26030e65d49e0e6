/** The description of the API, as a document for programs and as a page for people. */
package dev.dibs.api.openapi;
