/** What an export of results can be asked for and says of itself: shared by the API, the program and the audit. */
package dev.dibs.exports;
