/** Starting, watching and stopping Kafka Streams. */
package dev.dibs.processor.running;
