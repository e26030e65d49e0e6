package dev.dibs.processor.topology;

import org.apache.kafka.streams.processor.TimestampExtractor;

/** In which order records of different topics are processed, as far as they are at hand together. */
final class Timestamps {
    /**
     * Activities come before all else: when everything is read anew, the compacted topic only has an activity's latest
     * configuration, which is younger than the grabs that want its name.
     */
    static final TimestampExtractor FIRST = (record, partitionTime) -> 0;

    /** Never negative: Streams would skip the record, and the ledger must see every one. */
    static final TimestampExtractor AS_WRITTEN = (record, partitionTime) -> Math.max(0, record.timestamp());

    private Timestamps() {}
}
