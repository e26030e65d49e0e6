/** What lies in Redis: the names and formats that the API and the audit share. */
package dev.dibs.inventory;
