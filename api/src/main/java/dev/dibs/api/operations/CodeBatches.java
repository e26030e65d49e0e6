package dev.dibs.api.operations;

import dev.dibs.activity.Activity;
import dev.dibs.api.operations.CodeStore.Code;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The codes of a file that has been looked through and found sound. Blocks. */
final class CodeBatches implements Closeable {
    private final CodeFile file;
    private final Activity activity;
    private final int batchSize;
    private int row;

    private CodeBatches(CodeFile file, Activity activity, int batchSize) {
        this.file = file;
        this.activity = activity;
        this.batchSize = batchSize;
    }

    static CodeBatches open(Path path, Activity activity, int batchSize) throws IOException {
        try {
            return new CodeBatches(CodeFile.open(path), activity, batchSize);
        } catch (CodeFile.MalformedException e) {
            throw changed(e);
        }
    }

    /** The next codes, at most one batch; none behind the last one. */
    List<Code> next() throws IOException {
        List<Code> batch = new ArrayList<>(batchSize);
        try {
            while (batch.size() < batchSize) {
                CodeFile.Row next = file.next();
                if (next == null) {
                    break;
                }
                batch.add(new Code(row++, next.code(), FileCheck.kindOf(next, activity)));
            }
            return batch;
        } catch (CodeFile.MalformedException e) {
            throw changed(e);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private static IOException changed(CodeFile.MalformedException e) {
        return new IOException("the spooled file was sound before and is not any more", e);
    }
}
