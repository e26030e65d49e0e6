/** Where the embedded document database keeps documents: as BSON in an ordered map per collection, by their ids. */
package dev.dibs.servers.documents;
