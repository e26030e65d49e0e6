/** Real servers that a Java program starts, keeps its data with, and stops: Kafka, Redis, and a document database. */
package dev.dibs.servers;
