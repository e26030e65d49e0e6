/** What lies in MongoDB: the names that the API, the projector and the audit share. */
package dev.dibs.documents;
