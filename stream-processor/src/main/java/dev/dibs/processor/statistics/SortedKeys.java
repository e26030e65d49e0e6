package dev.dibs.processor.statistics;

import dev.dibs.ids.ActivityId;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** How keys begin whose bytes sort by activity and then by a number. No id contains the end mark. */
final class SortedKeys {
    private static final char END_OF_ID = ':';
    private static final int LONGEST_ID = 64;

    private SortedKeys() {}

    static void write(DataOutput out, ActivityId activityId) throws IOException {
        out.write(activityId.value().getBytes(StandardCharsets.US_ASCII));
        out.writeByte(END_OF_ID);
    }

    static ActivityId readActivity(DataInput in) throws IOException {
        StringBuilder id = new StringBuilder(LONGEST_ID);
        for (char next = (char) in.readByte(); next != END_OF_ID; next = (char) in.readByte()) {
            id.append(next);
        }
        return new ActivityId(id.toString());
    }
}
