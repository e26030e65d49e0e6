/** Counting requests and answers per activity and second. */
package dev.dibs.api.funnel;
