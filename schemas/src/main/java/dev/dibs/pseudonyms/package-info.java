/** What stands for buyers where analysts read. */
package dev.dibs.pseudonyms;
